/**
 * The decision in one world. IAM User Guide: "How AWS enforcement code logic evaluates requests", "Cross-account policy
 * evaluation logic"; Organizations User Guide: SCPs, RCPs; KMS Developer Guide: "Key access".
 */
import type { Document, Line } from './line.ts'
import { applied, type Scene } from './statements.ts'
import { granted } from './grants.ts'
import { RCP_SERVICES } from './rcp-services.ts'

export type Layer =
  'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'endpoint' | 'grant' | 'root' | 'always'

/** What one world gives. `layers`: any of them may be called the one that decided. */
export interface Outcome {
  readonly decision: 'allowed' | 'denied-explicit' | 'denied-implicit'
  readonly layers: readonly Layer[]
}

export function decide(scene: Scene): Outcome {
  const { line, asker } = scene
  const action = line.action.toLowerCase()
  // "Even if a policy explicitly denies sts:GetCallerIdentity, you can still perform this operation."
  if (action === 'sts:getcalleridentity' && asker.type !== 'anonymous') {
    return { decision: 'allowed', layers: ['always'] }
  }
  const scps = scpLevels(line)
  const rcps = rcpApplies(line) ? (line.rcps ?? []).flat() : []
  const endpoint = line.endpointPolicies
  const own = asker.isIamPrincipal() ? (line.identityPolicies ?? []).map((p) => p.document) : []
  const boundary = asker.isIamPrincipal() ? line.boundary : undefined
  const session = asker.isSession() && line.sessionPolicy !== undefined ? [line.sessionPolicy] : undefined
  const attached = line.resourcePolicy === undefined ? [] : [line.resourcePolicy]

  const denies = (documents: readonly Document[], principals: boolean) =>
    applied(scene, documents, 'Deny', principals).length > 0
  const allows = (documents: readonly Document[], principals: boolean) =>
    applied(scene, documents, 'Allow', principals).length > 0

  const denying: Layer[] = []
  if (denies(own, false)) denying.push('identity')
  if (denies(boundary ?? [], false)) denying.push('boundary')
  if (denies(session ?? [], false)) denying.push('session')
  if (denies(scps.flat(), false)) denying.push('scp')
  if (denies(rcps, true)) denying.push('rcp')
  if (denies(endpoint ?? [], true)) denying.push('endpoint')
  if (!isOwnersWayBack(line, action) && denies(attached, true)) denying.push('resource')
  if (denying.length > 0) return { decision: 'denied-explicit', layers: denying }

  const missing: Layer[] = []
  // "You cannot use AWS account root user credentials to call AssumeRole" (STS API reference).
  if (asker.type === 'root' && action === 'sts:assumerole') missing.push('root')
  if (scps.some((level) => !allows(level, false))) missing.push('scp')
  if (endpoint?.some((document) => !allows([document], true)) === true) missing.push('endpoint')

  const namings = new Set(applied(scene, attached, 'Allow', true).map((a) => a.naming))
  const byGrant = granted(scene)
  // "If there is no session policy … [and] the principal is [no] role session, the request is implicitly denied."
  const noSession = asker.type === 'federated-user' && session === undefined
  const identity = allows(own, false) && !noSession
  const withinLimits = {
    boundary: boundary === undefined || allows(boundary, false),
    session: session === undefined || allows(session, false),
  }
  const granting: Layer[] = []
  if (asker.type === 'service' || asker.type === 'anonymous') {
    // Nothing but the resource's own policy speaks of them.
    if (namings.has('direct')) granting.push('resource')
    if (byGrant) granting.push('grant')
    if (granting.length === 0) missing.push('resource')
  } else if (sameAccount(line, asker.account)) {
    const resourceMustAllow = trusts(line)
    if (namings.has('direct')) granting.push('resource')
    // That boundaries and session policies limit grants is not documented.
    const unlimited = withinLimits.boundary && withinLimits.session
    if (byGrant && (unlimited || scene.oracle(line.kmsGrants ?? []))) granting.push('grant')
    if (asker.type === 'root') {
      if (!resourceMustAllow || namings.size > 0) granting.push('root')
      if (namings.size > 0) granting.push('resource')
    } else if (withinLimits.boundary && withinLimits.session) {
      if (namings.has('behind')) granting.push('resource')
      if (identity && (!resourceMustAllow || namings.has('account'))) granting.push('identity')
    }
    if (granting.length === 0) {
      if (!identity) missing.push('identity')
      if (!withinLimits.boundary) missing.push('boundary')
      if (!withinLimits.session || noSession) missing.push('session')
      if (namings.size === 0) missing.push('resource')
    }
  } else {
    // "The request is allowed only if both evaluations return a decision of Allow."
    const lacking: Layer[] = []
    if (asker.type !== 'root') {
      if (!identity) lacking.push('identity')
      if (!withinLimits.boundary) lacking.push('boundary')
      if (!withinLimits.session || noSession) lacking.push('session')
    }
    const callersSide = lacking.length === 0
    if (callersSide && namings.size > 0) granting.push('resource', 'identity', 'root')
    // Whether a grant to another account needs an identity policy there is not documented.
    if (byGrant && (callersSide || scene.oracle(line.kmsGrants ?? []))) granting.push('grant')
    if (granting.length === 0) missing.push(...lacking)
    if (granting.length === 0 && namings.size === 0) missing.push('resource')
  }
  return missing.length > 0 || granting.length === 0
    ? { decision: 'denied-implicit', layers: missing }
    : { decision: 'allowed', layers: granting }
}

/** None for the management account, service-linked roles, services and anonymous callers. */
function scpLevels({ principal, scps }: Line): readonly (readonly Document[])[] {
  const exempt =
    principal.inManagementAccount === true ||
    isServiceLinked(principal) ||
    principal.type === 'service' ||
    principal.type === 'anonymous'
  return exempt ? [] : (scps ?? [])
}

/** The path `/aws-service-role/` is kept for them. IAM User Guide: "Using service-linked roles". */
function isServiceLinked({ serviceLinked, arn, roleArn = arn }: Line['principal']): boolean {
  return serviceLinked ?? roleArn.includes(':role/aws-service-role/')
}

/** "You can't use RCPs to restrict …"; their allows do not matter, RCPFullAWSAccess cannot be detached. */
function rcpApplies({ principal, resource, action }: Line): boolean {
  return (
    resource.inManagementAccount !== true &&
    !isServiceLinked(principal) &&
    resource.arn !== '*' &&
    action.toLowerCase() !== 'kms:retiregrant' &&
    RCP_SERVICES.has(action.split(':')[0]!.toLowerCase())
  )
}

function sameAccount({ resource }: Line, account: string | undefined): boolean {
  const owner = resource.account ?? (resource.arn.split(':')[4] || undefined)
  return owner === undefined || owner === account
}

/** Role trust policies and key policies "must explicitly allow access for principals". */
function trusts({ action, resource }: Line): boolean {
  const service = action.split(':')[0]!.toLowerCase()
  const [, , owner, , , name = ''] = resource.arn.split(':')
  return (
    (service === 'sts' && owner === 'iam' && name.startsWith('role/')) ||
    (service === 'kms' && owner === 'kms' && name.startsWith('key/'))
  )
}

/**
 * "The root principal in a bucket owner's AWS account can perform the GetBucketPolicy, PutBucketPolicy, and
 * DeleteBucketPolicy API actions, even if their bucket policy explicitly denies."
 */
function isOwnersWayBack(line: Line, action: string): boolean {
  return (
    line.principal.type === 'root' &&
    /^s3:(?:get|put|delete)bucketpolicy$/.test(action) &&
    sameAccount(line, line.principal.account ?? line.principal.arn.split(':')[4])
  )
}
