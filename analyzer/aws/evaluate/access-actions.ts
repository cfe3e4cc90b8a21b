import type { AccessLevel } from '../../../graph/index.ts'

interface AccessAction {
  readonly level: AccessLevel
  readonly action: string
  /** The resource to ask for: `{resource}` stands for the ARN; `{resource}/*` is what a bucket holds. */
  readonly on: string
}

const on = (template: string, level: AccessLevel, ...actions: readonly string[]): readonly AccessAction[] =>
  actions.map((action) => ({ level, action, on: template }))

/** Actions that stand for reading, writing and governing what a resource holds. */
const ACCESS: ReadonlyMap<string, readonly AccessAction[]> = new Map([
  [
    's3:bucket',
    [
      ...on('{resource}/*', 'read', 's3:GetObject'),
      ...on('{resource}/*', 'write', 's3:PutObject', 's3:DeleteObject'),
      ...on('{resource}', 'administer', 's3:PutBucketPolicy'),
    ],
  ],
  [
    'dynamodb:table',
    [
      ...on('{resource}', 'read', 'dynamodb:Scan', 'dynamodb:GetItem'),
      ...on('{resource}', 'write', 'dynamodb:PutItem'),
      ...on('{resource}', 'administer', 'dynamodb:PutResourcePolicy'),
    ],
  ],
  [
    'secretsmanager:secret',
    [
      ...on('{resource}', 'read', 'secretsmanager:GetSecretValue'),
      ...on('{resource}', 'write', 'secretsmanager:PutSecretValue'),
      ...on('{resource}', 'administer', 'secretsmanager:PutResourcePolicy'),
    ],
  ],
  [
    'ssm:parameter',
    [...on('{resource}', 'read', 'ssm:GetParameter'), ...on('{resource}', 'write', 'ssm:PutParameter')],
  ],
  [
    'kms:key',
    [
      ...on('{resource}', 'read', 'kms:Decrypt'),
      ...on('{resource}', 'write', 'kms:Encrypt'),
      ...on('{resource}', 'administer', 'kms:PutKeyPolicy', 'kms:CreateGrant'),
    ],
  ],
  [
    'sqs:queue',
    [
      ...on('{resource}', 'read', 'sqs:ReceiveMessage'),
      ...on('{resource}', 'write', 'sqs:SendMessage'),
      ...on('{resource}', 'administer', 'sqs:SetQueueAttributes'),
    ],
  ],
  [
    'sns:topic',
    [
      ...on('{resource}', 'read', 'sns:Subscribe'),
      ...on('{resource}', 'write', 'sns:Publish'),
      ...on('{resource}', 'administer', 'sns:SetTopicAttributes'),
    ],
  ],
  [
    'lambda:function',
    [
      ...on('{resource}', 'write', 'lambda:UpdateFunctionCode'),
      ...on('{resource}', 'administer', 'lambda:AddPermission'),
    ],
  ],
  [
    'ecr:repository',
    [
      ...on('{resource}', 'read', 'ecr:BatchGetImage'),
      ...on('{resource}', 'write', 'ecr:PutImage'),
      ...on('{resource}', 'administer', 'ecr:SetRepositoryPolicy'),
    ],
  ],
  [
    'rds:db',
    [
      ...on('{resource}', 'read', 'rds:CreateDBSnapshot'),
      ...on('{resource}', 'write', 'rds:ModifyDBInstance'),
    ],
  ],
  [
    'rds:cluster',
    [
      ...on('{resource}', 'read', 'rds:CreateDBClusterSnapshot'),
      ...on('{resource}', 'write', 'rds:ModifyDBCluster'),
    ],
  ],
  [
    'kinesis:stream',
    [...on('{resource}', 'read', 'kinesis:GetRecords'), ...on('{resource}', 'write', 'kinesis:PutRecord')],
  ],
  [
    'elasticfilesystem:file-system',
    [
      ...on('{resource}', 'read', 'elasticfilesystem:ClientMount'),
      ...on('{resource}', 'write', 'elasticfilesystem:ClientWrite'),
      ...on('{resource}', 'administer', 'elasticfilesystem:PutFileSystemPolicy'),
    ],
  ],
])

export function accessActions(resourceType: string): readonly AccessAction[] {
  return ACCESS.get(resourceType) ?? []
}
