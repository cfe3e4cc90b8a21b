import { hex } from '../identifiers.ts'
import { accountNamed, HOME_REGION } from './accounts.ts'
import type { AwsAccount } from './accounts.ts'
import { allow, document } from './policy-document.ts'
import type { PolicyDocument } from './policy-document.ts'

/** The Identity Center instance and its own user directory. */
export const INSTANCE_ARN = `arn:aws:sso:::instance/ssoins-${hex('identity-center/instance', 16)}`
export const IDENTITY_STORE_ID = `d-${hex('identity-center/store', 10)}`

/** A permission set: what a person assigned to an account may do there. */
export type PermissionSet = {
  readonly name: string
  readonly description: string
  readonly session: string
  readonly managed: readonly string[]
  readonly inline?: PolicyDocument
}

const tooling = accountNamed('tooling').id
const payrollBucket = 'arn:aws:s3:::lumenly-payroll-exports'

const READ_OPERATIONS = [
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'ecs:DescribeServices',
  'ecs:DescribeTasks',
  'ecs:ListServices',
  'ecs:ListTasks',
  'logs:DescribeLogGroups',
  'logs:FilterLogEvents',
  'logs:StartQuery',
  'logs:GetQueryResults',
]

export const PERMISSION_SETS: readonly PermissionSet[] = [
  { name: 'Administrator', description: 'Full access', session: 'PT1H', managed: ['AdministratorAccess'] },
  { name: 'PowerUser', description: 'Build in development', session: 'PT8H', managed: ['PowerUserAccess'] },
  { name: 'ReadOnly', description: 'Read with data', session: 'PT8H', managed: ['ReadOnlyAccess'] },
  { name: 'ViewOnly', description: 'See that things exist', session: 'PT8H', managed: ['ViewOnlyAccess'] },
  { name: 'SecurityAudit', description: 'Read configuration', session: 'PT8H', managed: ['SecurityAudit'] },
  { name: 'Billing', description: 'Bills and budgets', session: 'PT4H', managed: ['Billing'] },
  {
    name: 'OrganizationReader',
    description: 'Read the organization',
    session: 'PT4H',
    managed: ['AWSOrganizationsReadOnlyAccess', 'ViewOnlyAccess'],
  },
  {
    name: 'Developer',
    description: 'Operate staging',
    session: 'PT8H',
    managed: ['ViewOnlyAccess'],
    inline: document(
      allow('Read', READ_OPERATIONS),
      allow('Deploy', ['ecs:UpdateService', 'lambda:InvokeFunction', 'sqs:SendMessage', 'sqs:PurgeQueue']),
      allow(
        'Data',
        ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'dynamodb:GetItem', 'dynamodb:Query'],
        '*',
        {
          StringEquals: { 'aws:ResourceTag/env': 'staging' },
        },
      ),
    ),
  },
  {
    name: 'PayrollOperator',
    description: 'Watch payroll run, without its data',
    session: 'PT4H',
    managed: [],
    inline: document(allow('Operate', READ_OPERATIONS)),
  },
  {
    name: 'PayrollDataReader',
    description: 'Read the payroll exports',
    session: 'PT1H',
    managed: [],
    inline: document(
      allow('ListExports', 's3:ListBucket', payrollBucket),
      allow('ReadExports', 's3:GetObject', `${payrollBucket}/*`),
      allow(
        'DecryptExports',
        'kms:Decrypt',
        `arn:aws:kms:${HOME_REGION}:${accountNamed('payroll-prod').id}:key/*`,
      ),
    ),
  },
  {
    name: 'ReleaseEngineer',
    description: 'Run a release by hand when CI is down',
    session: 'PT4H',
    managed: [],
    inline: document(
      allow('RunRelease', 'sts:AssumeRole', `arn:aws:iam::${tooling}:role/ci-deploy-tools`),
      allow(
        'Artifacts',
        ['s3:GetObject', 's3:ListBucket'],
        ['arn:aws:s3:::lumenly-build-artifacts', 'arn:aws:s3:::lumenly-build-artifacts/*'],
      ),
    ),
  },
  {
    name: 'NetworkOperator',
    description: 'Routes and firewalls',
    session: 'PT4H',
    managed: ['ViewOnlyAccess'],
    inline: document(
      allow('Network', [
        'ec2:*Route*',
        'ec2:*SecurityGroup*',
        'ec2:Describe*',
        'ec2:*TransitGateway*',
        'route53:*',
      ]),
    ),
  },
  {
    name: 'DataAnalyst',
    description: 'Query the lake',
    session: 'PT8H',
    managed: [],
    inline: document(
      allow('Query', [
        'athena:StartQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryExecution',
        'glue:GetTable*',
      ]),
      allow(
        'Lake',
        ['s3:GetObject', 's3:ListBucket'],
        ['arn:aws:s3:::lumenly-lake-*', 'arn:aws:s3:::lumenly-lake-*/*'],
      ),
    ),
  },
  {
    name: 'SecurityResponder',
    description: 'Handle findings',
    session: 'PT4H',
    managed: ['SecurityAudit'],
    inline: document(
      allow('Findings', ['guardduty:*', 'securityhub:*', 'access-analyzer:*', 'inspector2:*']),
      allow('Trails', ['cloudtrail:LookupEvents', 'athena:StartQueryExecution', 'athena:GetQueryResults']),
    ),
  },
]

export function permissionSetArn(name: string): string {
  const instance = INSTANCE_ARN.slice(INSTANCE_ARN.indexOf('ssoins'))
  return `arn:aws:sso:::permissionSet/${instance}/ps-${hex(`permission-set/${name}`, 16)}`
}

/** Identity Center makes one role per permission set and account. */
export function reservedRoleName(permissionSet: string, account: AwsAccount): string {
  return `AWSReservedSSO_${permissionSet}_${hex(`reserved/${permissionSet}/${account.id}`, 16)}`
}

export const RESERVED_PATH = `/aws-reserved/sso.amazonaws.com/${HOME_REGION}/`

export function reservedRoleArn(permissionSet: string, account: AwsAccount): string {
  return `arn:aws:iam::${account.id}:role${RESERVED_PATH}${reservedRoleName(permissionSet, account)}`
}
