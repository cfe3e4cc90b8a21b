import { underResourceControl } from '../universe/universe.ts'
import { hasIdentity } from './caller.ts'
import type { Formula } from './formula.ts'
import { and, fact, or } from './formula.ts'
import { grantAllows } from './kms-grant.ts'
import { allowedByNotPrincipal, deniedByNotPrincipal, isNamed, naming } from './principal.ts'
import type { AccessRequest, NamedDocument } from './request.ts'
import type { Statement } from './statement.ts'
import { applies } from './statement.ts'

/** The kinds of policies and rules that decide a request, in the order in which AWS looks at them. */
export const LAYERS = [
  'always-allowed',
  'resource-control-policy',
  'service-control-policy',
  'endpoint-policy',
  'resource-policy',
  'kms-grant',
  'root-user',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
] as const
export type LayerName = (typeof LAYERS)[number]

/** A statement or grant that applies, if `holds`. */
export interface Hit {
  readonly layer: LayerName
  readonly effect: 'allow' | 'deny'
  readonly policy: string
  readonly statement: string | number
  readonly holds: Formula
}

/** Told of everything that applies, where an answer has to be explained. */
export type Sink = ((hit: Hit) => void) | undefined

/** What a layer says: `allow` is false where nothing allows. */
export interface Said {
  readonly allow: Formula
  readonly deny: Formula
}

/** What the resource policy grants, by the way in which it names the caller, and denies. */
export interface ResourceSaid {
  readonly direct: Formula
  readonly role: Formula
  readonly account: Formula
  readonly deny: Formula
}

const SILENT: Said = { allow: false, deny: false }

/** What documents without a principal element say together. */
export function said(
  request: AccessRequest,
  layer: LayerName,
  documents: readonly NamedDocument[],
  sink: Sink,
): Said {
  let allow: Formula = false
  let deny: Formula = false
  for (const { name, document } of documents) {
    for (const statement of document.about(request.foldedAction)) {
      const holds = applies(statement, request.resource, request.context, false)
      if (holds === false) continue
      if (statement.effect !== 'deny') allow = or(allow, holds)
      if (statement.effect !== 'allow') deny = or(deny, denial(statement, holds))
      tell(sink, layer, name, statement, holds)
    }
  }
  return allow === false && deny === false ? SILENT : { allow, deny }
}

/** What documents with a principal element say of the caller: endpoint policies and resource control policies. */
export function saidOfCaller(
  request: AccessRequest,
  layer: LayerName,
  documents: readonly NamedDocument[],
  everybody: boolean,
  sink: Sink,
): Said {
  let allow: Formula = false
  let deny: Formula = false
  for (const { name, document } of documents) {
    for (const statement of document.about(request.foldedAction)) {
      const named = everybody && statement.principal === undefined ? true : isAboutCaller(statement, request)
      if (named === false) continue
      const holds = and(
        named,
        applies(statement, request.resource, request.context, layer === 'endpoint-policy'),
      )
      if (holds === false) continue
      if (statement.effect !== 'deny') allow = or(allow, holds)
      if (statement.effect !== 'allow') deny = or(deny, denial(statement, holds))
      tell(sink, layer, name, statement, holds)
    }
  }
  return { allow, deny }
}

/** A statement without an effect that can be read may deny, or allow, or neither. */
function denial({ effect }: Statement, holds: Formula): Formula {
  return effect === 'deny' ? holds : and(holds, MAY_DENY)
}

const MAY_DENY = fact('whether a statement denies whose Effect is neither Allow nor Deny')

function isAboutCaller({ principal, notPrincipal, effect }: Statement, request: AccessRequest): Formula {
  if (principal === undefined) return false
  if (!notPrincipal) return isNamed(naming(principal, request.caller))
  if (effect === 'allow') return allowedByNotPrincipal(principal, request.caller)
  return deniedByNotPrincipal(principal, request.caller, isBounded(request))
}

/** What the resource policy says. A statement without principal element names nobody. */
export function saidByResource(request: AccessRequest, sink: Sink): ResourceSaid {
  let direct: Formula = false
  let role: Formula = false
  let account: Formula = false
  let deny: Formula = false
  for (const { name, document } of request.policies.resource ?? []) {
    for (const statement of document.about(request.foldedAction)) {
      const { principal, notPrincipal, effect } = statement
      if (principal === undefined) continue
      const named = notPrincipal ? undefined : naming(principal, request.caller)
      const about = named === undefined ? isAboutCaller(statement, request) : isNamed(named)
      if (about === false) continue
      const holds = applies(statement, request.resource, request.context, true)
      if (holds === false) continue
      if (effect !== 'allow') deny = or(deny, denial(statement, and(about, holds)))
      if (effect !== 'deny') {
        direct = or(direct, and(named?.direct ?? about, holds))
        role = or(role, and(named?.role ?? false, holds))
        account = or(account, and(named?.account ?? false, holds))
      }
      tell(sink, 'resource-policy', name, statement, and(about, holds))
    }
  }
  return { direct, role, account, deny }
}

/** What grants on the key allow. */
export function saidByGrants(request: AccessRequest, sink: Sink): Formula {
  let allow: Formula = false
  for (const grant of request.policies.grants) {
    const holds = grantAllows(grant, request)
    if (holds === false) continue
    allow = or(allow, holds)
    sink?.({ layer: 'kms-grant', effect: 'allow', policy: grant.name, statement: 0, holds })
  }
  return allow
}

/** A user, role or session with a permissions boundary. */
export function isBounded({ caller, policies }: AccessRequest): boolean {
  return policies.boundary !== undefined && hasIdentity(caller)
}

/**
 * The levels of service control policies that apply: not to the management account, service-linked roles, services and
 * callers that are not signed in; to root users they do.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function scpLevels(request: AccessRequest): readonly (readonly NamedDocument[])[] {
  const { caller, policies } = request
  const exempt = request.callerInManagement || caller.serviceLinked || caller.account === ''
  return exempt ? [] : (policies.scps ?? [])
}

/**
 * The levels of resource control policies that apply: not to resources of the management account, service-linked roles
 * and services without them. Only their denials count, because what allows everything cannot be detached.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function rcpLevels(request: AccessRequest): readonly (readonly NamedDocument[])[] {
  const { policies } = request
  if (policies.rcps === undefined || request.resourceInManagement || request.caller.serviceLinked) return []
  return underResourceControl(request.foldedAction) ? policies.rcps : []
}

function tell(sink: Sink, layer: LayerName, policy: string, statement: Statement, holds: Formula): void {
  if (sink === undefined) return
  const effects = statement.effect === undefined ? (['allow', 'deny'] as const) : [statement.effect]
  for (const effect of effects) sink({ layer, effect, policy, statement: statement.name, holds })
}
