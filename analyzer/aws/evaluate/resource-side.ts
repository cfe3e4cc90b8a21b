import type { Missing } from '../../../graph/index.ts'
import { ACCESS_POINT, accountIn, parseArn, resourceType } from '../model/arn.ts'
import { policyHolder } from '../model/governed.ts'
import { listAt } from '../model/intern.ts'
import { isPattern } from './arn-pattern.ts'
import type { Estate } from './estate.ts'
import { isPublicPolicy } from './public-policy.ts'
import { sharesOn } from './shares.ts'
import { FALSE, TRUE } from './truth.ts'

/** What stands on the resource's side of a request. */
export interface ResourceSide {
  /** Index of the owning account; -1: not one of the estate, or not known (see `owner`). */
  readonly account: number
  /** `any`: the account of whoever asks: the name tells none, and no resource policy can grant across accounts. */
  readonly owner: 'account' | 'other' | 'any' | 'unknown'
  /** Use of the resource policy; -1: none. */
  readonly policy: number
  /** Uses of the grants of a KMS key. */
  readonly grants: ArrayLike<number> & Iterable<number>
  /** Uses of the grants of a bucket's access control list, and of those that may be ignored. */
  readonly acl: ArrayLike<number> & Iterable<number>
  readonly openAcl: ArrayLike<number> & Iterable<number>
  /** Uses of what shares of Resource Access Manager allow, and of what they may allow. */
  readonly shares: ArrayLike<number> & Iterable<number>
  readonly openShares: ArrayLike<number> & Iterable<number>
  /** That the shares it could be in were not listed. */
  readonly unlisted: readonly Missing[]
  /** Uses of what denies callers of other accounts, because S3 takes the policy for public. */
  readonly restrictions: ArrayLike<number> & Iterable<number>
  /** Could deny callers of other accounts. */
  readonly unsettled: readonly Missing[]
  /** What must allow the request besides, and is not evaluated. */
  readonly beyond: readonly Missing[]
  /** Without the policy nobody has access, not even within the account (role trust policies, KMS keys). */
  readonly required: boolean
  /** The type carries resource policies, so that access from other accounts is possible. */
  readonly governed: boolean
  /** What of it was not imported. */
  readonly missing: readonly Missing[]
  /** Seen on it and not evaluated: matters for access from other accounts. */
  readonly unevaluated: readonly Missing[]
}

/** Finds what decides on the side of a resource. `action` is folded. */
export function resourceSide(estate: Estate, action: string, arn: string): ResourceSide {
  const side = ownSide(estate, action, arn)
  const shared = sharesOn(estate, side.account, arn)
  if (shared === undefined) return side
  const { shares, openShares, missing } = shared
  const isShared = shares.length + openShares.length > 0
  return { ...side, shares, openShares, unlisted: missing, governed: side.governed || isShared }
}

function ownSide(estate: Estate, action: string, arn: string): ResourceSide {
  const parsed = parseArn(arn)
  if (parsed?.service === 'iam' && parsed.resource.startsWith('role/') && action.startsWith('sts:')) {
    return roleSide(estate, arn)
  }
  const holder = policyHolder(arn)
  const named = accountIn(arn)
  if (holder === undefined) {
    if (named === undefined) return { ...NO_POLICY, account: -1, owner: 'any' }
    const account = estate.accountOf(named)
    return { ...NO_POLICY, account, owner: account < 0 ? 'other' : 'account' }
  }
  const required = parsed?.service === 'kms'
  const beyond = isAccessPoint(holder.arn) && isThrough(action) ? behind(holder.arn) : NO_POLICY.beyond
  const index = estate.resourceIndex(holder.arn)
  if (index >= 0) return { ...known(estate, index, named, required), beyond }
  const governed = { ...NO_POLICY, governed: true, required, beyond }
  if (holder.several || named === undefined) {
    const says = holder.several
      ? `which resources ${arn} stands for, and their resource policies`
      : `who owns ${holder.arn}: in another account its resource policy would have to allow it too`
    const account = named === undefined ? -1 : estate.accountOf(named)
    const owner = named === undefined ? 'unknown' : account < 0 ? 'other' : 'account'
    return { ...governed, account, owner, missing: [{ what: 'resource-policies', says }] }
  }
  const account = estate.accountOf(named)
  const state = estate.state.accounts[account]
  const covered =
    state !== undefined &&
    (state.resourcePolicies || state.policiesOfTypes.includes(resourceType(holder.arn)))
  const missing: readonly Missing[] = covered
    ? []
    : [{ what: 'resource-policies', says: `the resource policy of ${holder.arn}` }]
  return { ...governed, account, owner: account < 0 ? 'other' : 'account', missing }
}

function isAccessPoint(arn: string): boolean {
  const parsed = parseArn(arn)
  return parsed?.service === 's3' && parsed.account !== '' && parsed.resource.startsWith('accesspoint/')
}

/** Whether an action (folded) goes through the access point that it names, rather than being about it. */
export function isThrough(action: string): boolean {
  return !action.includes('accesspoint') && !/^s3:(un)?tagresource$|^s3:listtagsforresource$/.test(action)
}

/**
 * "Both the access point and the underlying bucket … must permit the request."
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
function behind(arn: string): readonly Missing[] {
  const says = `whether the bucket behind ${arn} allows it too, for requests that come through the access point`
  return [{ what: 's3-access-point', says }]
}

/** No resource's side at all: only what stands on the principal's side decides. */
export const PRINCIPAL_SIDE: ResourceSide = {
  account: -1,
  owner: 'any',
  policy: -1,
  grants: [],
  acl: [],
  openAcl: [],
  shares: [],
  openShares: [],
  unlisted: [],
  restrictions: [],
  unsettled: [],
  beyond: [],
  required: false,
  governed: false,
  missing: [],
  unevaluated: [],
}

const NO_POLICY = {
  policy: -1,
  grants: [],
  acl: [],
  openAcl: [],
  shares: [],
  openShares: [],
  unlisted: [],
  restrictions: [],
  unsettled: [],
  beyond: [],
  required: false,
  governed: false,
  missing: [],
  unevaluated: [],
} as const

function known(estate: Estate, index: number, named: string | undefined, required: boolean): ResourceSide {
  const { resources, accounts } = estate.state
  const arn = resources.arns[index] ?? ''
  const account = named === undefined ? (resources.accounts[index] ?? -1) : estate.accountOf(named)
  const policy = resources.policies[index] ?? -1
  const state = accounts[account]
  const covered =
    policy >= 0 ||
    (state !== undefined && (state.resourcePolicies || state.policiesOfTypes.includes(resourceType(arn))))
  const missing: Missing[] = []
  if (!covered) missing.push({ what: 'resource-policies', says: `the resource policy of ${arn}` })
  if (account < 0 && named === undefined) {
    missing.push({ what: 'resource-policies', says: `who owns ${arn}` })
  }
  const constructs = listAt(resources.constructs, index)
  return {
    account,
    owner: account >= 0 ? 'account' : named === undefined ? 'unknown' : 'other',
    policy,
    grants: listAt(resources.grants, index),
    acl: listAt(resources.acls, index),
    openAcl: listAt(resources.openAcls, index),
    shares: NO_POLICY.shares,
    openShares: NO_POLICY.openShares,
    unlisted: NO_POLICY.unlisted,
    ...restricted(estate, index),
    beyond: [],
    required,
    governed: true,
    missing,
    unevaluated: Array.from(constructs, (text) => ({
      what: estate.text(text),
      says: `${estate.text(text)} of ${arn} is not evaluated`,
    })),
  }
}

/** What S3 Block Public Access does to a bucket with a public policy. */
function restricted(estate: Estate, index: number): Pick<ResourceSide, 'restrictions' | 'unsettled'> {
  const { resources, uses } = estate.state
  const policy = resources.policies[index] ?? -1
  const arn = resources.arns[index] ?? ''
  const isS3 = policy >= 0 && ['s3:bucket', ACCESS_POINT].includes(resourceType(arn))
  const isPublic = isS3 ? isPublicPolicy(estate, uses.documents[policy] ?? -1) : FALSE
  const none = { restrictions: NO_POLICY.restrictions, unsettled: NO_POLICY.unsettled }
  if (isPublic === FALSE) return none
  const restrictions = listAt(resources.restrictions, index)
  if (restrictions.length > 0) {
    if (isPublic === TRUE) return { ...none, restrictions }
    return { ...none, unsettled: [{ what: BLOCK, says: `whether S3 takes the policy of ${arn} for public` }] }
  }
  if (resources.settled[index] === 1) return none
  const says = `whether Block Public Access of ${arn} or its account restricts its public policy`
  return { ...none, unsettled: [{ what: BLOCK, says }] }
}

const BLOCK = 's3-public-access-block'

/** The trust policy is the resource policy of a role, and it must allow. */
function roleSide(estate: Estate, arn: string): ResourceSide {
  const named = accountIn(arn)
  const account = named === undefined ? -1 : estate.accountOf(named)
  const role = estate.principalIndex(arn)
  const policy = role < 0 ? -1 : (estate.state.principals.trust[role] ?? -1)
  const absent = role < 0 && !isPattern(arn) && estate.state.accounts[account]?.imported === true
  const missing: readonly Missing[] =
    policy >= 0 || absent ? [] : [{ what: 'trust-policies', says: `the trust policy of ${arn}` }]
  const owner = named === undefined ? 'unknown' : account < 0 ? 'other' : 'account'
  return { ...NO_POLICY, account, owner, policy, required: true, governed: true, missing }
}
