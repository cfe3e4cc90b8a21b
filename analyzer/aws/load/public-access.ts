import type { JsonObject, SourceRef } from '../../../graph/index.ts'
import { own, ownObject, ownString } from '../../../graph/index.ts'
import { ACCESS_POINT } from '../model/arn.ts'
import type { Asked } from './answer-policies.ts'
import { bucketArn } from './answer-policies.ts'
import type { Draft, ResourceDraft } from './draft.ts'

/**
 * Reads the settings of S3 Block Public Access of a bucket (`s3:GetPublicAccessBlock`) or an account
 * (`s3control:GetPublicAccessBlock`). No answer says that none was set.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
 */
export function readPublicAccess(draft: Draft, call: string, asked: Asked, at: SourceRef): void {
  const settings =
    asked.response === undefined ? {} : (ownObject(asked.response, 'PublicAccessBlockConfiguration') ?? {})
  const step = asked.response === undefined ? '' : '/PublicAccessBlockConfiguration'
  const place = { source: at.source, pointer: `${at.pointer}/response${step}` }
  const bucket = ownString(asked.parameters, 'Bucket')
  if (call === 's3control:GetPublicAccessBlock') restrictAccount(draft, asked.account, settings, place)
  if (call !== 's3:GetPublicAccessBlock' || bucket === undefined) return
  const resource = draft.resource(bucketArn(asked.region, bucket), at)
  resource.account ??= asked.account
  restrictBucket(draft, resource, settings, place)
}

/** The settings of an account. `at`: where they stand. */
export function restrictAccount(draft: Draft, id: string, settings: JsonObject, at: SourceRef): void {
  const account = draft.account(id)
  account.restriction = restriction(draft, settings, `account ${id}`, at)
  account.ignoresPublicAcls = ignoresPublicAcls(settings)
}

/** The settings of a bucket or an access point. `at`: where they stand. */
export function restrictBucket(
  draft: Draft,
  resource: ResourceDraft,
  settings: JsonObject,
  at: SourceRef,
): void {
  const what = resource.type === ACCESS_POINT ? 'the access point' : 'the bucket'
  resource.restriction = restriction(draft, settings, what, at)
  resource.ignoresPublicAcls = ignoresPublicAcls(settings)
}

function ignoresPublicAcls(settings: JsonObject): boolean {
  return (own(settings, 'IgnorePublicAcls') ?? own(settings, 'ignorePublicAcls')) === true
}

/**
 * "Restricts access to an access point or bucket with a public policy to only AWS service principals and authorized users
 * within the bucket owner's account": as a denial, for callers of other accounts. -1: it is off.
 */
function restriction(draft: Draft, settings: JsonObject, of: string, at: SourceRef): number {
  const isOn = own(settings, 'RestrictPublicBuckets') ?? own(settings, 'restrictPublicBuckets')
  if (isOn !== true) return -1
  const denial = { Effect: 'Deny', Principal: '*', Action: 's3:*' }
  return draft.tables.tell([denial], `RestrictPublicBuckets of ${of}`, at)
}
