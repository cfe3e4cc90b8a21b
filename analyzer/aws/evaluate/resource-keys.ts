/** `aws:ResourceTag/name`, or the same under a service's own prefix; folded. */
export const RESOURCE_TAG = /^(aws|[a-z0-9-]+):resourcetag\/(.+)$/

/** Keys that tell who owns the resource. `s3:ResourceAccount` is the same under S3's own name. */
const OWNER_KEYS: ReadonlySet<string> = new Set([
  'aws:resourceaccount',
  'aws:resourceorgid',
  's3:resourceaccount',
])

/** Whether a folded key tells who owns the resource. */
export function isOwnerKey(key: string): boolean {
  return OWNER_KEYS.has(key)
}

/** Whether a folded key is about the resource, so that an estate may tell its value. */
export function isResourceKey(key: string): boolean {
  return OWNER_KEYS.has(key) || RESOURCE_TAG.test(key)
}

/**
 * Whether requests of a folded action do not have `aws:ResourceAccount` and `aws:ResourceOrgID`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export function hidesOwner(action: string): boolean {
  return action.startsWith('ebs:') || action.startsWith('events:') || WITHOUT_OWNER.has(action)
}

const WITHOUT_OWNER: ReadonlySet<string> = new Set([
  'ec2:copyfpgaimage',
  'ec2:copyimage',
  'ec2:copysnapshot',
  'ec2:createtransitgatewaypeeringattachment',
  'ec2:createvolume',
  'ec2:createvpcpeeringconnection',
  'workspaces:copyworkspaceimage',
  'workspaces:describeworkspaceimages',
])

/**
 * "You cannot use the tag on an IAM role to control access to who can pass that role."
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_iam-tags.html
 */
export function ignoresTags(action: string): boolean {
  return action === 'iam:passrole'
}
