import type { Json, JsonObject } from '../../../graph/index.ts'
import type { AclDraft, AclGrantee, AclPermission } from './acl-draft.ts'
import type { Draft, ResourceDraft } from './draft.ts'

/** Whom a grant to a canonical user id that is of no known account lets in, in the words of a `Principal` element. */
const CANONICAL_GRANTEE = 'AclGrantee'

/**
 * Puts the access control lists of buckets into the words of policies, when every source was read: the grants that are in
 * force, and those of which Block Public Access leaves it open. A list with grants to others than the owner is in force where
 * nothing else was told, because S3 tells none of them while lists are disabled
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html).
 */
export function settleAcls(draft: Draft): void {
  const accounts = new Map<string, string>()
  for (const { id, canonicalId } of draft.accounts.values()) {
    if (canonicalId !== undefined) accounts.set(canonicalId, id)
  }
  for (const resource of draft.resources.values()) {
    if (resource.type !== 's3:bucket' || resource.aclsEnabled === false) continue
    const { acl } = resource
    if (acl === undefined) {
      draft.countNotEvaluated('s3-acl-not-collected', 'buckets whose access control list was not collected')
      continue
    }
    if (acl.isPartial) {
      resource.constructs.add('s3-acl')
      draft.countNotEvaluated('s3-acl', 'S3 access control lists with grants in an unknown form')
    }
    if (resource.aclsEnabled === true || acl.grants.length > 0) {
      draft.countNotEvaluated(
        's3-object-acl',
        'buckets with access control lists enabled, whose objects may have their own',
      )
    }
    settle(draft, resource, acl, accounts)
  }
}

/**
 * `IgnorePublicAcls` ignores "all public ACLs", which are those that grant to everybody or every account. Whether it ignores
 * the other grants of such a list is not documented.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function settle(
  draft: Draft,
  resource: ResourceDraft,
  acl: AclDraft,
  accounts: ReadonlyMap<string, string>,
): void {
  const account = resource.account === undefined ? undefined : draft.accounts.get(resource.account)
  const settings = [resource.ignoresPublicAcls, account?.ignoresPublicAcls]
  const isPublicList = acl.grants.some(({ grantee }) => isPublic(grantee))
  const isIgnored = settings.includes(true)
  const isOpen = isPublicList && (isIgnored || settings.includes(undefined))
  for (const { grantee, permission, at } of acl.grants) {
    const who = named(grantee, accounts)
    // What S3 writes its logs with is no user or role.
    if (who === undefined || (isIgnored && isPublic(grantee))) continue
    const statements = statementsOf(permission, who.principal, resource.arn)
    const use = draft.tables.tell(statements, `the grant of ${permission} to ${who.says}`, at)
    if (isOpen) resource.openAcl.push(use)
    else resource.aclGrants.push(use)
  }
}

const isPublic = (grantee: AclGrantee) => 'group' in grantee && grantee.group !== 'LogDelivery'

function named(
  grantee: AclGrantee,
  accounts: ReadonlyMap<string, string>,
): { readonly principal: Json; readonly says: string } | undefined {
  if ('id' in grantee) {
    const account = accounts.get(grantee.id)
    return account === undefined
      ? { principal: { [CANONICAL_GRANTEE]: grantee.id }, says: `canonical user ${grantee.id}` }
      : { principal: { AWS: account }, says: `account ${account}` }
  }
  if (grantee.group === 'LogDelivery') return undefined
  return grantee.group === 'AllUsers'
    ? { principal: '*', says: 'everybody' }
    : { principal: { AWS: '*' }, says: 'every AWS account' }
}

/**
 * What a permission on a bucket allows. WRITE is also to replace and delete objects, of their owner and the bucket's; who owns an
 * object is not collected. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html (Mapping of ACL permissions)
 */
function statementsOf(permission: AclPermission, Principal: Json, bucket: string): readonly JsonObject[] {
  const allow = (on: string, ...Action: readonly string[]): JsonObject => {
    return { Effect: 'Allow', Principal, Action: [...Action], Resource: on }
  }
  const READ = allow(bucket, 's3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads')
  const WRITE = allow(`${bucket}/*`, 's3:PutObject')
  const READ_ACP = allow(bucket, 's3:GetBucketAcl')
  const WRITE_ACP = allow(bucket, 's3:PutBucketAcl')
  const all: Readonly<Record<AclPermission, readonly JsonObject[]>> = {
    READ: [READ],
    WRITE: [WRITE],
    READ_ACP: [READ_ACP],
    WRITE_ACP: [WRITE_ACP],
    FULL_CONTROL: [READ, WRITE, READ_ACP, WRITE_ACP],
  }
  return all[permission]
}
