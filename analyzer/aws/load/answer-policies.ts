import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { parseArn } from '../model/arn.ts'

/** A resource that an answer speaks of. */
export interface Found {
  readonly arn: string
  readonly name?: string
  /** Its policy with the pointer below the answer; a policy without document says that there is none. */
  readonly policy?: { readonly document: Json | undefined; readonly pointer: string }
  /** Its tags, when the answer tells them. */
  readonly tags?: Json
}

/** What was asked, of whom and where, and the answer; no response when there is nothing of the kind. */
export interface Asked {
  readonly account: string
  readonly region: string
  readonly parameters: JsonObject
  readonly response: JsonObject | undefined
}
type Reader = (asked: Asked) => Iterable<Found>

/** Resources of a listing; `policy` names the member of each that is its policy, when the listing has it. */
function listed(list: string, arn: string, name?: string, policy?: string): Reader {
  return function* ({ response }) {
    for (const [i, item] of (response === undefined ? [] : ownList(response, list)).entries()) {
      const found = isObject(item) ? ownString(item, arn) : undefined
      if (!isObject(item) || found === undefined) continue
      const called = name === undefined ? undefined : ownString(item, name)
      const tags = own(item, 'Tags')
      yield {
        arn: found,
        ...(called === undefined ? {} : { name: called }),
        ...(tags === undefined ? {} : { tags }),
        ...(policy === undefined
          ? {}
          : { policy: { document: own(item, policy), pointer: `/${list}/${i}/${policy}` } }),
      }
    }
  }
}

/** The policy of the resource that was asked for: `arn` says which, `policy` is the path to it in the answer. */
function ofOne(arn: (asked: Asked) => string | undefined, policy: string): Reader {
  return function* (asked) {
    const found = arn(asked)
    if (found === undefined) return
    let document: Json | undefined = asked.response
    for (const step of policy.split('/')) document = isObject(document) ? own(document, step) : undefined
    // Some services answer with an empty text where there is none.
    yield { arn: found, policy: { document: document === '' ? undefined : document, pointer: `/${policy}` } }
  }
}

const parameter =
  (name: string) =>
  ({ parameters }: Asked) =>
    ownString(parameters, name)

/** `arn:aws:kms:…:key/` and what was asked for; in the partition of the region. */
const inRegion =
  (service: string, type: string, name: string) =>
  ({ account, region, parameters }: Asked) => {
    const value = ownString(parameters, name)
    if (value === undefined || value.startsWith('arn:')) return value
    return `arn:${partitionOf(region)}:${service}:${region}:${account}:${type}${value}`
  }

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** The ARN of a bucket, in the partition of a region. */
export const bucketArn = (region: string, name: string) => `arn:${partitionOf(region)}:s3:::${name}`

function* buckets({ region, response }: Asked): Generator<Found> {
  for (const item of response === undefined ? [] : ownList(response, 'Buckets')) {
    const name = isObject(item) ? ownString(item, 'Name') : undefined
    if (name !== undefined) yield { arn: bucketArn(region, name), name }
  }
}

function attributes(arn: string): Reader {
  return function* ({ response }) {
    const found = response === undefined ? undefined : ownObject(response, 'Attributes')
    const named = found === undefined ? undefined : ownString(found, arn)
    if (found === undefined || named === undefined) return
    const name = parseArn(named)?.resource
    yield {
      arn: named,
      ...(name === undefined ? {} : { name }),
      policy: { document: own(found, 'Policy'), pointer: '/Attributes/Policy' },
    }
  }
}

/** Which answers tell of resources and of their policies, by call. */
export const POLICIES: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['s3:ListBuckets', buckets],
  [
    's3:GetBucketPolicy',
    ofOne(({ region, parameters }) => bucketArn(region, ownString(parameters, 'Bucket') ?? ''), 'Policy'),
  ],
  ['s3control:ListAccessPoints', listed('AccessPointList', 'AccessPointArn', 'Name')],
  ['s3control:GetAccessPointPolicy', ofOne(inRegion('s3', 'accesspoint/', 'Name'), 'Policy')],
  ['kms:ListKeys', listed('Keys', 'KeyArn')],
  ['kms:GetKeyPolicy', ofOne(inRegion('kms', 'key/', 'KeyId'), 'Policy')],
  ['sqs:GetQueueAttributes', attributes('QueueArn')],
  ['sns:GetTopicAttributes', attributes('TopicArn')],
  ['secretsmanager:ListSecrets', listed('SecretList', 'ARN', 'Name')],
  ['secretsmanager:GetResourcePolicy', ofOne(parameter('SecretId'), 'ResourcePolicy')],
  ['codebuild:GetResourcePolicy', ofOne(parameter('resourceArn'), 'policy')],
  ['lambda:ListFunctions', listed('Functions', 'FunctionArn', 'FunctionName')],
  ['lambda:GetPolicy', ofOne(parameter('FunctionName'), 'Policy')],
  ['ecr:DescribeRepositories', listed('repositories', 'repositoryArn', 'repositoryName')],
  ['ecr:GetRepositoryPolicy', ofOne(inRegion('ecr', 'repository/', 'repositoryName'), 'policyText')],
  ['efs:DescribeFileSystems', listed('FileSystems', 'FileSystemArn', 'Name')],
  [
    'efs:DescribeFileSystemPolicy',
    ofOne(inRegion('elasticfilesystem', 'file-system/', 'FileSystemId'), 'Policy'),
  ],
  ['opensearch:DescribeDomains', listed('DomainStatusList', 'ARN', 'DomainName', 'AccessPolicies')],
  ['events:ListEventBuses', listed('EventBuses', 'Arn', 'Name', 'Policy')],
  ['dynamodb:GetResourcePolicy', ofOne(parameter('ResourceArn'), 'Policy')],
  ['kinesis:GetResourcePolicy', ofOne(parameter('ResourceARN'), 'Policy')],
  [
    'backup:GetBackupVaultAccessPolicy',
    ofOne(inRegion('backup', 'backup-vault:', 'BackupVaultName'), 'Policy'),
  ],
])
