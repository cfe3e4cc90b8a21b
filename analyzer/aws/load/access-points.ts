import type { SourceRef } from '../../../graph/index.ts'
import { ownObject, ownString } from '../../../graph/index.ts'
import { ACCESS_POINT } from '../model/arn.ts'
import type { Asked } from './answer-policies.ts'
import type { Draft, ResourceDraft } from './draft.ts'
import { restrictBucket } from './public-access.ts'

/**
 * Reads what `s3control:GetAccessPoint` tells of an access point: its settings of S3 Block Public Access, and whether only a VPC
 * reaches it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPoint.html
 */
export function readAccessPoint(draft: Draft, { account, response }: Asked, at: SourceRef): void {
  const arn = response === undefined ? undefined : ownString(response, 'AccessPointArn')
  if (response === undefined || arn === undefined) return
  const resource = draft.resource(arn, at)
  resource.account = account
  resource.isInVpc = ownString(response, 'NetworkOrigin') === 'VPC'
  const settings = ownObject(response, 'PublicAccessBlockConfiguration')
  if (settings === undefined) return
  const pointer = `${at.pointer}/response/PublicAccessBlockConfiguration`
  restrictBucket(draft, resource, settings, { source: at.source, pointer })
}

/**
 * What tells whether `RestrictPublicBuckets` restricts an access point: its own setting; those of the bucket and its account are the
 * bucket's. Whether S3 takes one for public that only a VPC reaches is left open with what the bucket says.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
 */
export function pointRestrictions({ isInVpc, restriction }: ResourceDraft): readonly (number | undefined)[] {
  return isInVpc === true ? [] : [restriction]
}

/** Counts access points: what the bucket behind one says of requests through it is not evaluated. */
export function countAccessPoints(draft: Draft): void {
  for (const { type } of draft.resources.values()) {
    if (type === ACCESS_POINT) draft.countNotEvaluated('s3-access-point', 'S3 access points')
  }
}
