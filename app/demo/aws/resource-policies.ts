import { jsonLines } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { ACCOUNTS, HOME_REGION, ORGANIZATION_ID, accountNamed, applicationsOf } from './accounts.ts'
import { roleArn } from './details.ts'
import { document } from './policy-document.ts'
import type { PolicyDocument, Statement } from './policy-document.ts'
import { resourcesOf } from './resource-names.ts'

/** One line of `resource-policies.jsonl`: the policy attached to a resource. */
type ResourcePolicy = { readonly arn: string; readonly type: string; readonly policy: PolicyDocument }

function grant(
  sid: string,
  principal: Statement['Principal'],
  action: readonly string[],
  resource: readonly string[],
): Statement {
  return { Sid: sid, Effect: 'Allow', Principal: principal ?? '*', Action: action, Resource: resource }
}

function tlsOnly(bucket: string): Statement {
  return {
    Sid: 'DenyPlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
}

/** Each application's key lets the account's own IAM policies decide. */
function keyPolicies(): ResourcePolicy[] {
  return ACCOUNTS.flatMap((account) =>
    applicationsOf(account).map((application) => ({
      arn: resourcesOf(application, account).key,
      type: 'AWS::KMS::Key',
      policy: document(
        grant('EnableIamPolicies', { AWS: `arn:aws:iam::${account.id}:root` }, ['kms:*'], ['*']),
      ),
    })),
  )
}

/** Confidential and restricted buckets of production refuse plain HTTP; payroll's names its one writer besides. */
function bucketPolicies(): ResourcePolicy[] {
  return ACCOUNTS.filter((account) => account.environment === 'prod').flatMap((account) =>
    applicationsOf(account)
      .filter((application) => ['confidential', 'restricted'].includes(application.classification))
      .map((application) => {
        const { bucket } = resourcesOf(application, account)
        const statements = [tlsOnly(bucket)]
        if (application.name === 'payroll-export') {
          const writer = { AWS: roleArn(account, 'payroll-export-task') }
          statements.push(grant('Writer', writer, ['s3:PutObject'], [`${bucket}/*`]))
        }
        if (application.name === 'ledger-core') {
          const reader = { AWS: roleArn(accountNamed('data-prod'), 'warehouse-sync-task') }
          statements.push(
            grant('Warehouse', reader, ['s3:GetObject', 's3:ListBucket'], [bucket, `${bucket}/*`]),
          )
        }
        return { arn: bucket, type: 'AWS::S3::Bucket', policy: document(...statements) }
      }),
  )
}

/** Policies with a story of their own: four are public, the others look public and are not. */
function particularPolicies(): ResourcePolicy[] {
  const web = 'arn:aws:s3:::lumenly-web-assets'
  const fixtures = 'arn:aws:s3:::lumenly-dev-fixtures'
  const logs = 'arn:aws:s3:::lumenly-log-archive'
  const artifacts = 'arn:aws:s3:::lumenly-build-artifacts'
  const inbox = `arn:aws:sqs:${HOME_REGION}:${accountNamed('sandbox-engineering').id}:demo-inbox`
  const echo = `arn:aws:lambda:${HOME_REGION}:${accountNamed('product-staging').id}:function:webhook-echo`
  const releases = `arn:aws:sns:${HOME_REGION}:${accountNamed('platform-prod').id}:releases`
  const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION_ID } }
  return [
    {
      arn: web,
      type: 'AWS::S3::Bucket',
      policy: document(grant('Assets', '*', ['s3:GetObject'], [`${web}/*`])),
    },
    {
      arn: fixtures,
      type: 'AWS::S3::Bucket',
      policy: document(
        grant('Anyone', { AWS: '*' }, ['s3:GetObject', 's3:ListBucket'], [fixtures, `${fixtures}/*`]),
      ),
    },
    {
      arn: inbox,
      type: 'AWS::SQS::Queue',
      policy: document(grant('Demo', '*', ['sqs:SendMessage'], [inbox])),
    },
    {
      arn: echo,
      type: 'AWS::Lambda::Function',
      policy: document({
        ...grant('FunctionUrl', '*', ['lambda:InvokeFunctionUrl'], [echo]),
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      }),
    },
    {
      arn: artifacts,
      type: 'AWS::S3::Bucket',
      policy: document({
        ...grant('Organization', '*', ['s3:GetObject'], [`${artifacts}/*`]),
        Condition: inOrganization,
      }),
    },
    {
      arn: releases,
      type: 'AWS::SNS::Topic',
      policy: document({
        ...grant('Subscribe', { AWS: '*' }, ['sns:Subscribe'], [releases]),
        Condition: inOrganization,
      }),
    },
    {
      arn: logs,
      type: 'AWS::S3::Bucket',
      policy: document(
        tlsOnly(logs),
        {
          ...grant('Trail', { Service: 'cloudtrail.amazonaws.com' }, ['s3:PutObject'], [`${logs}/*`]),
          Condition: { StringEquals: { 'aws:SourceOrgID': ORGANIZATION_ID } },
        },
        {
          Sid: 'OnlySecurityDeletes',
          Effect: 'Deny',
          Principal: '*',
          Action: ['s3:DeleteObject', 's3:DeleteBucket'],
          Resource: [logs, `${logs}/*`],
          Condition: {
            ArnNotLike: {
              'aws:PrincipalArn': roleArn(accountNamed('log-archive'), 'OrganizationAdministrator'),
            },
          },
        },
      ),
    },
    {
      arn: resourcesOf(
        { name: 'card-vault', team: 'payments', cloud: 'aws', classification: 'restricted' },
        accountNamed('payments-prod'),
      ).secret,
      type: 'AWS::SecretsManager::Secret',
      policy: document({
        Sid: 'OnlyTheVault',
        Effect: 'Deny',
        Principal: '*',
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: {
          ArnNotEquals: { 'aws:PrincipalArn': roleArn(accountNamed('payments-prod'), 'card-vault-task') },
        },
      }),
    },
  ]
}

/** Resource policies, one JSON object a line (see the list of accepted files in the documentation). */
export function resourcePoliciesFile(): DemoFile {
  return jsonLines('aws/resource-policies.jsonl', [
    ...bucketPolicies(),
    ...keyPolicies(),
    ...particularPolicies(),
  ])
}
