import type { Application } from '../company/applications.ts'
import { COMPANY } from '../company/company.ts'
import { awsJson } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { hex } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { PAYROLL_PATH } from '../stories/payroll-path.ts'
import { ACCOUNTS, HOME_REGION, accountNamed, applicationsOf } from './accounts.ts'
import type { AwsAccount } from './accounts.ts'
import { roleArn } from './details.ts'
import { resourcesOf } from './resource-names.ts'

/** One row of the AWS Config aggregator. */
type ConfigRow = {
  readonly accountId: string
  readonly arn: string
  readonly awsRegion: string
  readonly resourceId: string
  readonly resourceName: string
  readonly resourceType: string
  readonly tags: readonly { readonly key: string; readonly value: string; readonly tag: string }[]
  readonly configuration?: Readonly<Record<string, unknown>>
}

type Tags = Readonly<Record<string, string>>

/** The query that yields the rows. */
const SELECTED = [
  'accountId',
  'arn',
  'awsRegion',
  'resourceId',
  'resourceName',
  'resourceType',
  'tags',
  'configuration',
]

function row(
  account: AwsAccount,
  type: string,
  arn: string,
  tags: Tags,
  configuration?: Record<string, unknown>,
): ConfigRow {
  const last = arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1)
  return {
    accountId: account.id,
    arn,
    awsRegion: HOME_REGION,
    resourceId:
      type === 'AWS::SQS::Queue' ? `https://sqs.${HOME_REGION}.amazonaws.com/${account.id}/${last}` : last,
    resourceName: last,
    resourceType: type,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value, tag: `${key}=${value}` })),
    ...(configuration === undefined ? {} : { configuration }),
  }
}

/** Kinds of which an application has several, with the number it has at least and at most. */
const MANY: readonly (readonly [
  type: string,
  service: string,
  name: (index: string) => string,
  low: number,
  high: number,
])[] = [
  ['AWS::EC2::Instance', 'ec2', (i) => `instance/i-${i}`, 2, 8],
  ['AWS::EC2::Volume', 'ec2', (i) => `volume/vol-${i}`, 3, 9],
  ['AWS::EC2::SecurityGroup', 'ec2', (i) => `security-group/sg-${i}`, 2, 6],
  ['AWS::EC2::NetworkInterface', 'ec2', (i) => `network-interface/eni-${i}`, 4, 12],
  ['AWS::CloudWatch::Alarm', 'cloudwatch', (i) => `alarm:latency-${i.slice(0, 8)}`, 3, 8],
  [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'elasticloadbalancing',
    (i) => `loadbalancer/app/public/${i.slice(0, 16)}`,
    0,
    2,
  ],
  ['AWS::RDS::DBSnapshot', 'rds', (i) => `snapshot:nightly-${i.slice(0, 8)}`, 2, 6],
]

function applicationRows(account: AwsAccount, application: Application): ConfigRow[] {
  const own = resourcesOf(application, account)
  const draws = drawsOf(`inventory/${account.name}/${application.name}`)
  const tagged = (classification: string): Tags => ({
    env: account.environment,
    team: application.team,
    app: application.name,
    'data-classification': account.environment === 'prod' ? classification : 'internal',
  })
  // What is restricted is the data itself; what works on it is confidential.
  const stored = tagged(application.classification)
  const tags = tagged(
    application.classification === 'restricted' ? 'confidential' : application.classification,
  )
  const lambda = {
    functionName: `${application.name}-worker`,
    role: roleArn(account, `${application.name}-worker`),
    runtime: 'nodejs24.x',
  }
  const single = [
    row(account, 'AWS::S3::Bucket', own.bucket, stored),
    row(
      account,
      'AWS::S3::Bucket',
      `arn:aws:s3:::${COMPANY.slug}-${application.name}-logs-${account.environment}`,
      tags,
    ),
    row(account, 'AWS::DynamoDB::Table', own.table, stored),
    row(account, 'AWS::SQS::Queue', own.queue, tags),
    row(account, 'AWS::SQS::Queue', `${own.queue}-dead`, tags),
    row(account, 'AWS::SNS::Topic', own.topic, tags),
    row(account, 'AWS::SecretsManager::Secret', own.secret, tags),
    row(account, 'AWS::Lambda::Function', own.worker, tags, lambda),
    row(account, 'AWS::ECS::Service', own.service, tags),
    row(account, 'AWS::KMS::Key', own.key, tags),
    row(
      account,
      'AWS::RDS::DBInstance',
      `arn:aws:rds:${HOME_REGION}:${account.id}:db:${application.name}`,
      tags,
    ),
  ]
  const many = MANY.flatMap(([type, service, name, low, high]) =>
    Array.from({ length: draws.between(low, high) }, (_, index) => {
      const id = hex(`${account.name}/${application.name}/${type}/${String(index)}`, 17)
      return row(
        account,
        type,
        `arn:aws:${service}:${HOME_REGION}:${account.id}:${name(id)}`,
        draws.chance(0.85) ? tags : {},
      )
    }),
  )
  return [...single, ...many]
}

type Singular = readonly [account: string, type: string, arn: (account: AwsAccount) => string, tags: Tags]

/** What does not belong to an application. */
const SINGULAR: readonly Singular[] = [
  [
    'tooling',
    'AWS::S3::Bucket',
    () => 'arn:aws:s3:::lumenly-build-artifacts',
    { team: 'platform', env: 'prod' },
  ],
  [
    'log-archive',
    'AWS::S3::Bucket',
    () => 'arn:aws:s3:::lumenly-log-archive',
    { team: 'security', env: 'prod' },
  ],
  [
    'log-archive',
    'AWS::S3::Bucket',
    () => 'arn:aws:s3:::lumenly-config-archive',
    { team: 'security', env: 'prod' },
  ],
  [
    'platform-prod',
    'AWS::SNS::Topic',
    (a) => `arn:aws:sns:${HOME_REGION}:${a.id}:releases`,
    { team: 'platform', env: 'prod' },
  ],
  ['product-dev', 'AWS::S3::Bucket', () => 'arn:aws:s3:::lumenly-dev-fixtures', { team: 'web', env: 'dev' }],
  [
    'sandbox-engineering',
    'AWS::SQS::Queue',
    (a) => `arn:aws:sqs:${HOME_REGION}:${a.id}:demo-inbox`,
    { env: 'sandbox' },
  ],
  [
    'product-staging',
    'AWS::Lambda::Function',
    (a) => `arn:aws:lambda:${HOME_REGION}:${a.id}:function:webhook-echo`,
    { env: 'staging' },
  ],
]

function accountVending(): ConfigRow {
  const platform = accountNamed('platform-prod')
  return row(
    platform,
    'AWS::Lambda::Function',
    `arn:aws:lambda:${HOME_REGION}:${platform.id}:function:account-vending`,
    { team: 'platform', env: 'prod' },
    { functionName: 'account-vending', role: PAYROLL_PATH.organizationAdministrator, runtime: 'python3.13' },
  )
}

function networkRows(): ConfigRow[] {
  return ACCOUNTS.flatMap((account) =>
    ['private-a', 'private-b', 'private-c', 'public-a', 'public-b', 'public-c'].map((name) => {
      const id = hex(`subnet/${account.name}/${name}`, 17)
      const arn = `arn:aws:ec2:${HOME_REGION}:${account.id}:subnet/subnet-${id}`
      return row(account, 'AWS::EC2::Subnet', arn, { Name: name })
    }),
  )
}

/** Every resource that AWS Config knows in the organization. */
export function configRows(): ConfigRow[] {
  return [
    ...ACCOUNTS.flatMap((account) =>
      applicationsOf(account).flatMap((application) => applicationRows(account, application)),
    ),
    ...SINGULAR.map(([name, type, arn, tags]) =>
      row(accountNamed(name), type, arn(accountNamed(name)), tags),
    ),
    accountVending(),
    ...networkRows(),
  ]
}

/** The answer of `aws configservice select-aggregate-resource-config`. */
export function inventoryFile(): DemoFile {
  return awsJson('aws/config/select-aggregate-resource-config.json', {
    Results: configRows().map((each) => JSON.stringify(each)),
    QueryInfo: { SelectFields: SELECTED.map((Name) => ({ Name })) },
  })
}
