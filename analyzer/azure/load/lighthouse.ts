import type { JsonObject, Residual, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { durationText } from '../duration-text.ts'
import { canonicalScope, lastStep, objectId } from '../scope.ts'
import type { AssignmentState, RoleState } from '../state.ts'
import type {
  Collected,
  CollectedAuthorization,
  CollectedDefinition,
  CollectedRegistration,
} from './collected.ts'
import { notePrincipal } from './collected.ts'
import { field, list, text, texts } from './fields.ts'
import { Delegated } from './delegated-roles.ts'

/** A registration definition, or a registration assignment with or without its definition. */
export function readLighthouse(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const id = ownString(row.value, 'id')?.toLowerCase() ?? ''
  const inside = ownObject(row.value, 'properties') === undefined ? '' : '/properties'
  const needed = text(row.value, 'registrationDefinitionId')?.toLowerCase()
  if (needed === undefined) {
    into.lighthouse.definitions.set(id, definitionOf(row.value, row.at, inside))
    return
  }
  const brought = field(row.value, 'registrationDefinition')
  if (isObject(brought)) {
    const place = `${inside}/registrationDefinition/properties`
    into.lighthouse.definitions.set(needed, definitionOf(brought, row.at, place))
  }
  into.lighthouse.assignments.set(id, {
    scope: canonicalScope(id.replace(ASSIGNMENT, '')),
    definition: needed,
    state: text(row.value, 'provisioningState') ?? DONE,
  })
}

const ASSIGNMENT = /\/providers\/microsoft\.managedservices\/registrationassignments\/[^/]*$/
const DONE = 'Succeeded'
/** What is no more, or never came to be; other states are on the way to one of these. */
const GONE: ReadonlySet<string> = new Set(['failed', 'canceled', 'deleted'])

function definitionOf(definition: JsonObject, at: SourceRef, inside: string): CollectedDefinition {
  const tenantId = text(definition, 'managedByTenantId')?.toLowerCase() ?? ''
  const all = (key: string, isEligible: boolean): CollectedAuthorization[] =>
    list(definition, key).flatMap((each, i) => {
      const place = { ...at, pointer: `${at.pointer}${inside}/${key}/${i}` }
      return isObject(each) ? [authorizationOf(each, isEligible, place)] : []
    })
  return {
    name: text(definition, 'registrationDefinitionName') ?? ownString(definition, 'name') ?? '',
    tenantId,
    tenantName: text(definition, 'managedByTenantName') ?? null,
    state: text(definition, 'provisioningState') ?? DONE,
    authorizations: [...all('authorizations', false), ...all('eligibleAuthorizations', true)],
  }
}

function authorizationOf(from: JsonObject, isEligible: boolean, at: SourceRef): CollectedAuthorization {
  const principal = objectId(ownString(from, 'principalId') ?? '')
  return {
    principal,
    name: ownString(from, 'principalIdDisplayName') ?? principal,
    role: lastStep(ownString(from, 'roleDefinitionId') ?? ''),
    assignable: texts(from, 'delegatedRoleDefinitionIds').map(lastStep),
    activation: isEligible ? asksFor(ownObject(from, 'justInTimeAccessPolicy') ?? {}) : null,
    at,
  }
}

/** https://learn.microsoft.com/azure/lighthouse/how-to/create-eligible-authorizations#access-policy */
function asksFor(policy: JsonObject): string {
  const factor = ownString(policy, 'multiFactorAuthProvider')?.toLowerCase() ?? 'none'
  const approvers = ownList(policy, 'managedByTenantApprovers').filter(isObject)
  const named = approvers.map(
    (each) => ownString(each, 'principalIdDisplayName') ?? ownString(each, 'principalId') ?? '',
  )
  const longest = own(policy, 'maximumActivationDuration')
  return [
    factor === 'none' ? 'without MFA' : 'with MFA',
    named.length === 0 ? 'without approval' : `approved by ${named.join(' or ')}`,
    ...(typeof longest === 'string' ? [`for at most ${durationText(longest)}`] : []),
  ].join(', ')
}

/** What gives access somewhere: each assignment with the definition that it names. */
function* registered(
  from: Collected,
): Generator<readonly [id: string, where: CollectedRegistration, what: CollectedDefinition]> {
  for (const [id, where] of from.lighthouse.assignments) {
    const what = from.lighthouse.definitions.get(where.definition)
    if (what === undefined || [where, what].some(({ state }) => GONE.has(state.toLowerCase()))) continue
    yield [id, where, what]
  }
}

/** Notes the principals that have access by a registration; what else describes them is preferred. */
export function noteDelegates(into: Collected): void {
  for (const [, , { authorizations }] of registered(into)) {
    for (const { principal, name } of authorizations)
      notePrincipal(into, principal, { kind: 'unknown', name, fields: { external: true }, at: null })
  }
}

/** Principals of managing tenants of which nothing was imported → the tenant. */
export function outsideOf(from: Collected): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, , { tenantId, authorizations }] of registered(from)) {
    if (from.tenant === null || from.tenants.has(tenantId)) continue
    for (const { principal } of authorizations) {
      const isKnown = (from.principals.get(principal)?.at ?? null) !== null || from.groups.has(principal)
      if (!isKnown) found.set(principal, tenantId)
    }
  }
  return found
}

/** The authorizations of registrations as assignments; `roles` gets those that Lighthouse narrows. */
export function delegatedAssignments(
  from: Collected,
  roles: RoleState[],
  numbers: ReadonlyMap<string, number>,
  roleOf: (id: string) => number,
): readonly AssignmentState[] {
  const narrowed = new Delegated(roles)
  const found: AssignmentState[] = []
  for (const [id, where, what] of registered(from)) {
    const coming = [where, what].find(({ state }) => state.toLowerCase() !== DONE.toLowerCase())?.state
    for (const each of what.authorizations) {
      const principal = numbers.get(each.principal)
      const kind = from.principals.get(each.principal)?.kind
      // A service principal cannot activate anything.
      const isIdle = each.activation !== null && (kind === 'service-principal' || kind === 'managed-identity')
      if (principal === undefined || isIdle) continue
      const { role, limit } = narrowed.role(roleOf(each.role), each, coming)
      const limits: readonly Residual[] = [
        ...(limit === null ? [] : [limit]),
        ...(each.activation === null ? [] : [activated(each.activation)]),
      ]
      const tenant = what.tenantName ?? what.tenantId
      const delegation = { registration: what.name, tenant, limits }
      const rest = { condition: null, mayHaveCondition: false, eligible: each.activation !== null }
      // Each its own place: an assignment is found again by it.
      found.push({ id, scope: where.scope, role, principal, ...rest, delegation, at: { ...each.at } })
    }
  }
  return found
}

function activated(how: string): Residual {
  const says = `the eligible authorization is activated (Privileged Identity Management of the managing tenant): ${how}`
  return { says, raw: 'Lighthouse: eligible authorization' }
}
