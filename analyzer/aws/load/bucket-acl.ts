import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import type { AclDraft, AclGrantee, AclPermission } from './acl-draft.ts'
import type { Asked } from './answer-policies.ts'
import { bucketArn } from './answer-policies.ts'
import type { Draft, ResourceDraft } from './draft.ts'

/**
 * Reads who owns the buckets of an account (`s3:ListBuckets`), what the access control list of one grants (`s3:GetBucketAcl`),
 * and whether it is in force at all (`s3:GetBucketOwnershipControls`).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
export function readBucketAcl(draft: Draft, call: string, asked: Asked, at: SourceRef): void {
  const { account, parameters, response } = asked
  const owner = response === undefined ? undefined : ownObject(response, 'Owner')
  const ownerId = owner === undefined ? undefined : ownString(owner, 'ID')
  if (call === 's3:ListBuckets' || call === 's3:GetBucketAcl') rememberId(draft, account, ownerId)
  const bucket = ownString(parameters, 'Bucket')
  if (bucket === undefined) return
  if (call === 's3:GetBucketOwnershipControls') {
    const resource = draft.resource(bucketArn(asked.region, bucket), at)
    resource.account ??= account
    resource.aclsEnabled = !isEnforced(response)
  }
  if (call !== 's3:GetBucketAcl' || response === undefined) return
  const resource = draft.resource(bucketArn(asked.region, bucket), at)
  resource.account ??= account
  const place = { source: at.source, pointer: `${at.pointer}/response/Grants` }
  resource.acl = aclOf(ownList(response, 'Grants'), ownerId, place, (grant) => {
    const grantee = ownObject(grant, 'Grantee')
    const id = grantee === undefined ? undefined : ownString(grantee, 'ID')
    if (id !== undefined) return { id }
    const uri = grantee === undefined ? undefined : ownString(grantee, 'URI')
    return groupOf(uri?.slice(uri.lastIndexOf('/') + 1))
  })
}

/** The list as AWS Config keeps it, in the words of the SDK for Java: `AllUsers` instead of a URI, `ReadAcp`. */
export function readConfigAcl(
  draft: Draft,
  resource: ResourceDraft,
  acl: JsonObject,
  { source, pointer }: SourceRef,
): void {
  const owner = ownObject(acl, 'owner')
  const ownerId = owner === undefined ? undefined : ownString(owner, 'id')
  if (resource.account !== undefined) rememberId(draft, resource.account, ownerId)
  const place = { source, pointer: `${pointer}/grantList` }
  resource.acl = aclOf(ownList(acl, 'grantList'), ownerId, place, (grant) => {
    const grantee = own(grant, 'grantee')
    if (typeof grantee === 'string') return groupOf(grantee)
    const id = isObject(grantee) ? ownString(grantee, 'id') : undefined
    return id === undefined ? undefined : { id }
  })
}

function rememberId(draft: Draft, account: string, id: string | undefined): void {
  if (id !== undefined && id !== '') draft.account(account).canonicalId ??= id
}

/** Whether "ACLs are disabled"; a bucket without the setting was made when they were not. */
function isEnforced(response: JsonObject | undefined): boolean {
  const controls = response === undefined ? undefined : ownObject(response, 'OwnershipControls')
  const rules = controls === undefined ? [] : ownList(controls, 'Rules')
  return rules.some((rule) => isObject(rule) && own(rule, 'ObjectOwnership') === 'BucketOwnerEnforced')
}

function aclOf(
  list: readonly Json[],
  owner: string | undefined,
  { source, pointer }: SourceRef,
  granteeOf: (grant: JsonObject) => AclGrantee | undefined,
): AclDraft {
  const grants: AclDraft['grants'][number][] = []
  let isPartial = false
  for (const [i, grant] of list.entries()) {
    const grantee = isObject(grant) ? granteeOf(grant) : undefined
    const written = isObject(grant) ? (ownString(grant, 'Permission') ?? ownString(grant, 'permission')) : ''
    const permission = PERMISSIONS.get((written ?? '').replaceAll('_', '').toLowerCase())
    if (grantee === undefined || permission === undefined) isPartial = true
    else if (!('id' in grantee) || grantee.id !== owner) {
      grants.push({ grantee, permission, at: { source, pointer: `${pointer}${pointerStep(i)}` } })
    }
  }
  return { grants, isPartial }
}

function groupOf(name: string | undefined): AclGrantee | undefined {
  return name === 'AllUsers' || name === 'AuthenticatedUsers' || name === 'LogDelivery'
    ? { group: name }
    : undefined
}

const PERMISSIONS: ReadonlyMap<string, AclPermission> = new Map([
  ['read', 'READ'],
  ['write', 'WRITE'],
  ['readacp', 'READ_ACP'],
  ['writeacp', 'WRITE_ACP'],
  ['fullcontrol', 'FULL_CONTROL'],
])
