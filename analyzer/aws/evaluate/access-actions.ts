import type { AccessLevel } from '../../../graph/index.ts'

interface AccessAction {
  readonly level: AccessLevel
  readonly action: string
  /** What is appended to the resource's ARN: `/*` for what a bucket holds. */
  readonly on: string
}

const on = (suffix: string, level: AccessLevel, ...actions: readonly string[]): readonly AccessAction[] =>
  actions.map((action) => ({ level, action, on: suffix }))

/** Actions that stand for reading, writing and governing what a resource holds. */
const ACCESS: ReadonlyMap<string, readonly AccessAction[]> = new Map([
  [
    's3:bucket',
    [
      ...on('/*', 'read', 's3:GetObject'),
      ...on('/*', 'write', 's3:PutObject', 's3:DeleteObject'),
      ...on('', 'administer', 's3:PutBucketPolicy'),
    ],
  ],
  [
    'dynamodb:table',
    [
      ...on('', 'read', 'dynamodb:Scan', 'dynamodb:GetItem'),
      ...on('', 'write', 'dynamodb:PutItem'),
      ...on('', 'administer', 'dynamodb:PutResourcePolicy'),
    ],
  ],
  [
    'secretsmanager:secret',
    [
      ...on('', 'read', 'secretsmanager:GetSecretValue'),
      ...on('', 'write', 'secretsmanager:PutSecretValue'),
      ...on('', 'administer', 'secretsmanager:PutResourcePolicy'),
    ],
  ],
  ['ssm:parameter', [...on('', 'read', 'ssm:GetParameter'), ...on('', 'write', 'ssm:PutParameter')]],
  [
    'kms:key',
    [
      ...on('', 'read', 'kms:Decrypt'),
      ...on('', 'write', 'kms:Encrypt'),
      ...on('', 'administer', 'kms:PutKeyPolicy', 'kms:CreateGrant'),
    ],
  ],
  [
    'sqs:queue',
    [
      ...on('', 'read', 'sqs:ReceiveMessage'),
      ...on('', 'write', 'sqs:SendMessage'),
      ...on('', 'administer', 'sqs:SetQueueAttributes'),
    ],
  ],
  [
    'sns:topic',
    [
      ...on('', 'read', 'sns:Subscribe'),
      ...on('', 'write', 'sns:Publish'),
      ...on('', 'administer', 'sns:SetTopicAttributes'),
    ],
  ],
  [
    'lambda:function',
    [...on('', 'write', 'lambda:UpdateFunctionCode'), ...on('', 'administer', 'lambda:AddPermission')],
  ],
  [
    'ecr:repository',
    [
      ...on('', 'read', 'ecr:BatchGetImage'),
      ...on('', 'write', 'ecr:PutImage'),
      ...on('', 'administer', 'ecr:SetRepositoryPolicy'),
    ],
  ],
  ['rds:db', [...on('', 'read', 'rds:CreateDBSnapshot'), ...on('', 'write', 'rds:ModifyDBInstance')]],
  [
    'rds:cluster',
    [...on('', 'read', 'rds:CreateDBClusterSnapshot'), ...on('', 'write', 'rds:ModifyDBCluster')],
  ],
  ['kinesis:stream', [...on('', 'read', 'kinesis:GetRecords'), ...on('', 'write', 'kinesis:PutRecord')]],
  [
    'elasticfilesystem:file-system',
    [
      ...on('', 'read', 'elasticfilesystem:ClientMount'),
      ...on('', 'write', 'elasticfilesystem:ClientWrite'),
      ...on('', 'administer', 'elasticfilesystem:PutFileSystemPolicy'),
    ],
  ],
])

export function accessActions(resourceType: string): readonly AccessAction[] {
  return ACCESS.get(resourceType) ?? []
}
