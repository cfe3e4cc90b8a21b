import { hasIdentity } from './caller.ts'
import type { Formula } from './formula.ts'
import { and, fact, not, or } from './formula.ts'
import type { LayerName, ResourceSaid, Said, Sink } from './layers.ts'
import { rcpLevels, said, saidByGrants, saidByResource, saidOfCaller, scpLevels } from './layers.ts'
import type { AccessRequest } from './request.ts'

/** One ceiling or grant of an evaluation: access is granted where every one of them holds. */
export interface Check {
  readonly layer: LayerName
  /** `deny`: no statement of the layer denies; `allow`: one of them allows; `grant`: something grants at all. */
  readonly what: 'deny' | 'allow' | 'grant'
  readonly holds: Formula
}

/** A request evaluated once: decision, residual, bounds and reasons all come from here. */
export interface Evaluation {
  readonly checks: readonly Check[]
  /** All checks together. */
  readonly access: Formula
  /** Some statement denies. */
  readonly denied: Formula
  /** What grants, where something does. */
  readonly grantedBy: LayerName
}

const ALWAYS: Evaluation = { checks: [], access: true, denied: false, grantedBy: 'always-allowed' }

/**
 * AWS's evaluation: a denial in any layer wins; every level of service control policies and every endpoint policy must
 * allow; then something must grant (see `granting`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluateRequest(request: AccessRequest, sink?: Sink): Evaluation {
  const { caller, policies, foldedAction } = request
  // "No permissions are required to perform this operation", and a denial does not count (STS API reference).
  if (foldedAction === 'sts:getcalleridentity' && caller.type !== 'anonymous') return ALWAYS
  const checks: Check[] = []
  let denied: Formula = false
  const deny = (layer: LayerName, holds: Formula) => {
    if (holds === false) return
    denied = or(denied, holds)
    checks.push({ layer, what: 'deny', holds: not(holds) })
  }
  for (const level of rcpLevels(request)) {
    deny('resource-control-policy', saidOfCaller(request, 'resource-control-policy', level, true, sink).deny)
  }
  const ceilings: Check[] = []
  for (const level of scpLevels(request)) {
    const of = said(request, 'service-control-policy', level, sink)
    deny('service-control-policy', of.deny)
    ceilings.push({ layer: 'service-control-policy', what: 'allow', holds: of.allow })
  }
  for (const endpoint of policies.endpoints) {
    const of = saidOfCaller(request, 'endpoint-policy', [endpoint], false, sink)
    deny('endpoint-policy', of.deny)
    ceilings.push({ layer: 'endpoint-policy', what: 'allow', holds: of.allow })
  }
  const resource = saidByResource(request, sink)
  if (!mayRepairBucketPolicy(request)) deny('resource-policy', resource.deny)
  const personal = hasIdentity(caller)
  const identity = personal ? said(request, 'identity-policy', policies.identity, sink) : NOTHING
  deny('identity-policy', identity.deny)
  const boundary =
    personal && policies.boundary ? said(request, 'permissions-boundary', policies.boundary, sink) : ALL
  deny('permissions-boundary', boundary.deny)
  const session = personal && policies.session ? said(request, 'session-policy', policies.session, sink) : ALL
  deny('session-policy', session.deny)
  const grants = policies.grants.length === 0 ? false : saidByGrants(request, sink)
  checks.push(...ceilings)
  const granted = granting(request, { resource, identity, boundary, session, grants })
  checks.push({ layer: granted.layer, what: 'grant', holds: granted.holds })
  let access: Formula = true
  for (const { holds } of checks) access = and(access, holds)
  return { checks, access, denied, grantedBy: granted.layer }
}

/**
 * "The root principal in a bucket owner's AWS account can perform the GetBucketPolicy, PutBucketPolicy, and
 * DeleteBucketPolicy API actions, even if their bucket policy explicitly denies" it (S3 API reference).
 */
function mayRepairBucketPolicy({ caller, owner, foldedAction }: AccessRequest): boolean {
  return (
    caller.type === 'root' &&
    caller.account === owner &&
    /^s3:(?:get|put|delete)bucketpolicy$/.test(foldedAction)
  )
}

const NOTHING: Said = { allow: false, deny: false }
/** A layer that is not there limits nothing. */
const ALL: Said = { allow: true, deny: false }

interface Sides {
  readonly resource: ResourceSaid
  readonly identity: Said
  readonly boundary: Said
  readonly session: Said
  readonly grants: Formula
}

interface Granted {
  readonly holds: Formula
  /** What grants; where nothing does, what is missing. */
  readonly layer: LayerName
}

/**
 * What grants. In one account a resource policy that names the caller directly is enough; one that names its role, or
 * an identity policy, is enough within permissions boundary and session policy; root needs nothing. Between accounts both sides must
 * grant. Role trust policies and key policies must grant in any case: directly, or by leaving it to the account.
 */
function granting(request: AccessRequest, sides: Sides): Granted {
  const { caller, owner } = request
  const { direct, role, account } = sides.resource
  const named = or(or(direct, role), account)
  if (caller.account === '') {
    return first(
      [
        ['resource-policy', named],
        ['kms-grant', sides.grants],
      ],
      'resource-policy',
    )
  }
  // "You cannot use AWS account root user credentials to call AssumeRole" (STS API reference).
  if (caller.type === 'root' && request.foldedAction === 'sts:assumerole')
    return { holds: false, layer: 'root-user' }
  const within = and(sides.boundary.allow, sessionAllows(request, sides, false))
  const own = caller.type === 'root' ? true : and(sides.identity.allow, identityCeiling(request, sides))
  const lacking = lackingLayer(request, sides)
  const granted = byGrant(request, sides, own, within)
  if (caller.account !== owner) {
    if (own === false && granted === false) return { holds: false, layer: lacking }
    return first(
      [
        ['resource-policy', and(own, named)],
        ['kms-grant', granted],
      ],
      'resource-policy',
    )
  }
  const byIdentity: LayerName = caller.type === 'root' ? 'root-user' : 'identity-policy'
  if (needsResourceSide(request)) {
    const missing = named === false ? 'resource-policy' : lacking
    return first(
      [
        ['resource-policy', or(direct, and(role, within))],
        ['kms-grant', granted],
        [byIdentity, and(account, own)],
      ],
      missing,
    )
  }
  return first(
    [
      ['resource-policy', or(direct, and(role, within))],
      ['kms-grant', granted],
      [byIdentity, own],
    ],
    lacking,
  )
}

/** Joins the ways to be granted; named by the first that is certain, else by the first that may be. */
function first(ways: readonly (readonly [LayerName, Formula])[], missing: LayerName): Granted {
  let holds: Formula = false
  for (const [, way] of ways) holds = or(holds, way)
  const certain = ways.find(([, way]) => way === true) ?? ways.find(([, way]) => way !== false)
  return { holds, layer: certain?.[0] ?? missing }
}

/** A KMS grant; that boundaries, or the identity policies of another account, limit it is not documented. */
function byGrant(
  { caller, owner }: AccessRequest,
  { grants }: Sides,
  own: Formula,
  within: Formula,
): Formula {
  if (grants === false) return false
  const unsure = fact(
    caller.account === owner
      ? 'whether permissions boundary and session policy limit a KMS grant'
      : 'whether a KMS grant to another account needs an identity policy there',
  )
  return and(grants, or(caller.account === owner ? within : own, unsure))
}

function identityCeiling(request: AccessRequest, sides: Sides): Formula {
  return and(sides.boundary.allow, sessionAllows(request, sides, true))
}

/** Without a session policy a session of a federated user has nothing from the identity policies of its user. */
function sessionAllows({ caller, policies }: AccessRequest, { session }: Sides, identity: boolean): Formula {
  return identity && caller.type === 'federated-user' && policies.session === undefined
    ? false
    : session.allow
}

/** Which layer lacks an allow, as far as one can be named: without its allow nothing on the caller's side helps. */
function lackingLayer(request: AccessRequest, sides: Sides): LayerName {
  const something = or(sides.identity.allow, sides.resource.role)
  if (something === false) return 'identity-policy'
  if (sides.boundary.allow === false) return 'permissions-boundary'
  return identityCeiling(request, sides) === false ? 'session-policy' : 'identity-policy'
}

/** Role trust policies and key policies. */
function needsResourceSide({ resource, foldedAction }: AccessRequest): boolean {
  if (foldedAction.startsWith('kms:')) return /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource.text)
  return foldedAction.startsWith('sts:') && /^arn:[^:]*:iam::[^:]*:role\//.test(resource.text)
}
