import type { JsonObject, SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownString } from '../../../graph/index.ts'
import type { Draft } from './draft.ts'

/** Types of resources whose policies are all known when these calls were made and none of them was refused. */
const CALLS_OF: ReadonlyMap<string, readonly [listing: string, ...policies: readonly string[]]> = new Map([
  ['s3:bucket', ['s3:ListBuckets', 's3:GetBucketPolicy']],
  ['s3:accesspoint', ['s3control:ListAccessPoints', 's3control:GetAccessPointPolicy']],
  ['kms:key', ['kms:ListKeys', 'kms:GetKeyPolicy']],
  ['sqs:queue', ['sqs:ListQueues', 'sqs:GetQueueAttributes']],
  ['sns:topic', ['sns:ListTopics', 'sns:GetTopicAttributes']],
  ['secretsmanager:secret', ['secretsmanager:ListSecrets', 'secretsmanager:GetResourcePolicy']],
  ['codebuild:project', ['codebuild:ListProjects', 'codebuild:GetResourcePolicy']],
  ['lambda:function', ['lambda:ListFunctions', 'lambda:GetPolicy']],
  ['ecr:repository', ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy']],
  ['elasticfilesystem:file-system', ['efs:DescribeFileSystems', 'efs:DescribeFileSystemPolicy']],
  ['es:domain', ['opensearch:ListDomainNames', 'opensearch:DescribeDomains']],
  ['events:event-bus', ['events:ListEventBuses']],
  ['dynamodb:table', ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy']],
  ['kinesis:stream', ['kinesis:ListStreams', 'kinesis:GetResourcePolicy']],
  ['backup:backup-vault', ['backup:ListBackupVaults', 'backup:GetBackupVaultAccessPolicy']],
])

/** Reads what a live collection asked: which types of resources it knows completely, in all regions of an account. */
export function readCoverage(draft: Draft, source: SourceRows): void {
  const rows = [...source.rows()].flatMap(({ value }) => (isObject(value) ? [value] : []))
  for (const [account, own] of Map.groupBy(rows, (row) => ownString(row, 'account') ?? '')) {
    const calls = Map.groupBy(own, (row) => ownString(row, 'call') ?? '')
    const sharing = own.filter((row) => ownString(row, 'call')?.startsWith('ram:') === true)
    if (sharing.length > 0) {
      const draftOf = draft.account(account)
      draftOf.shareRegions ??= new Set()
      const isEverywhere = !own.some((row) => Object.hasOwn(row, 'regions'))
      draftOf.hasAllShares =
        isEverywhere && !isRefused([...sharing, ...(calls.get('ec2:DescribeRegions') ?? [])])
    }
    const answered = (call: string) => calls.has(call) && !isRefused(calls.get(call) ?? [])
    if (own.some((row) => Object.hasOwn(row, 'regions')) || !answered('ec2:DescribeRegions')) continue
    for (const [type, [listing, ...policies]] of CALLS_OF) {
      if (answered(listing) && policies.every((call) => !isRefused(calls.get(call) ?? []))) {
        draft.account(account).policiesOfTypes.add(type)
      }
    }
  }
}

function isRefused(rows: readonly JsonObject[]): boolean {
  return rows.some((row) => own(row, 'refused') !== undefined)
}
