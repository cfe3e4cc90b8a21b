import type { Json } from '../../graph/index.ts'
import type { TestSource } from './aws-files.ts'
import { jsonSource } from './aws-files.ts'
import { KEY } from './aws-world-grants.ts'
import { PARAMETER, shareAnswers, SUBNET } from './aws-world-shares.ts'
import type { World } from './aws-world.ts'
import { POINT } from './aws-worlds.ts'

/** Requests that meet the vocabulary of the policies. */
export const REQUESTS: readonly (readonly [action: string, resource: string])[] = [
  ['s3:GetObject', 'arn:aws:s3:::data/a'],
  ['s3:GetObject', 'arn:aws:s3:::data/a:b/c'],
  ['s3:PutObject', 'arn:aws:s3:::data/*'.replace('*', 'star')],
  ['s3:GetObject', 'arn:aws:s3:::unknown-bucket/a'],
  ['s3:GetBucketPolicy', 'arn:aws:s3:::data'],
  ['s3:ListBucket', 'arn:aws:s3:::data'],
  ['s3:PutBucketAcl', 'arn:aws:s3:::data'],
  ['s3:GetObject', 'arn:aws:s3:us-east-1:111111111111:accesspoint/ap/object/a/b'],
  ['s3:GetObject', 'arn:aws:s3:us-east-1:222222222222:accesspoint/other/object/a'],
  ['s3:GetAccessPointPolicy', POINT],
  ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:111111111111:q'],
  ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:222222222222:q'],
  ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:999999999999:q'],
  ['sts:AssumeRole', 'arn:aws:iam::111111111111:role/app/r1'],
  ['sts:AssumeRole', 'arn:aws:iam::222222222222:role/r2'],
  ['sts:AssumeRole', 'arn:aws:iam::111111111111:role/no-such-role'],
  ['sts:AssumeRole', 'arn:aws:iam::999999999999:role/vendor'],
  ['iam:PassRole', 'arn:aws:iam::111111111111:role/app/r1'],
  ['kms:Decrypt', 'arn:aws:kms:us-east-1:111111111111:key/k'],
  ['kms:CreateGrant', KEY],
  ['kms:RetireGrant', KEY],
  ['kms:DescribeKey', KEY],
  ['kms:Decrypt', 'arn:aws:kms:us-east-1:222222222222:key/k'],
  ['dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:222222222222:table/t'],
  ['ec2:DescribeInstances', '*'],
  ['ec2:RunInstances', SUBNET],
  ['ssm:GetParameter', PARAMETER],
  ['ec2:StartInstances', 'arn:aws:ec2:us-east-1:111111111111:instance/i-1'],
  ['sts:GetCallerIdentity', '*'],
]

/** The sources that tell a world to the analyzer. */
export function sourcesOf(world: World): readonly TestSource[] {
  const sources: TestSource[] = []
  for (const account of world.accounts) {
    const { id, gaad, resources: rows, grants = [], publicAccess = {}, ignoreAcls = {}, acls = {} } = account
    sources.push(jsonSource('aws.account-authorization-details', gaad as unknown as Json, { scope: id }))
    if (rows !== undefined)
      sources.push(jsonSource('aws.resource-policies', rows as unknown as Json, { scope: id }))
    const answer = (call: string, parameters: Json, response: Json): Json => {
      return { call, account: id, region: 'us-east-1', parameters, response }
    }
    if (grants.length > 0) {
      const response = { Grants: grants as unknown as Json }
      sources.push(
        jsonSource('aws.answers', [answer('kms:ListGrants', { KeyId: 'k' }, response)], { scope: id }),
      )
    }
    const set = (on: boolean | null, ignores: boolean | null | undefined): Json =>
      on === null
        ? null
        : {
            PublicAccessBlockConfiguration: {
              RestrictPublicBuckets: on,
              IgnorePublicAcls: ignores ?? false,
            },
          }
    const settings = Object.entries(publicAccess.buckets ?? {}).map(([Bucket, on]) =>
      answer('s3:GetPublicAccessBlock', { Bucket }, set(on, ignoreAcls.buckets?.[Bucket])),
    )
    if (publicAccess.account !== undefined)
      settings.push(
        answer(
          's3control:GetPublicAccessBlock',
          { AccountId: id },
          set(publicAccess.account, ignoreAcls.account),
        ),
      )
    for (const [AccessPointArn, told] of Object.entries(account.points ?? {})) {
      const response = {
        AccessPointArn,
        NetworkOrigin: told === 'VPC' ? 'VPC' : 'Internet',
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: told !== false },
      }
      settings.push(answer('s3control:GetAccessPoint', { AccountId: id, Name: 'ap' }, response))
    }
    if (account.canonical !== undefined)
      settings.push(answer('s3:ListBuckets', {}, { Buckets: [], Owner: { ID: account.canonical } }))
    for (const [Bucket, { Grants, ownership }] of Object.entries(acls)) {
      const response = { Owner: { ID: account.canonical ?? '' }, Grants: (Grants ?? []) as unknown as Json }
      settings.push(answer('s3:GetBucketAcl', { Bucket }, response))
      if (ownership === undefined) continue
      const rules = { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } }
      settings.push(answer('s3:GetBucketOwnershipControls', { Bucket }, ownership === null ? null : rules))
    }
    for (const [call, parameters, response] of shareAnswers(account.shares)) {
      settings.push(answer(call, parameters, response))
    }
    if (settings.length > 0) sources.push(jsonSource('aws.answers', settings, { scope: id }))
    if (world.organization === null) {
      sources.push(
        jsonSource('aws.organization', { Organization: null }, { rowsAt: '/Organization', scope: id }),
      )
    }
  }
  if (world.organization !== null && world.organization !== undefined) {
    sources.push(jsonSource('aws.organization-tree', world.organization as unknown as Json))
  }
  return sources
}
