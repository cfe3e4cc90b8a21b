import type { JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, ownString } from '../../../graph/index.ts'
import { canonicalScope, lastStep, objectId } from '../scope.ts'
import type { PrincipalKind } from '../state.ts'
import type { Collected } from './collected.ts'
import { notePrincipal } from './collected.ts'
import { field, list, text } from './fields.ts'
import { blocksOf, conditionOf } from './roles.ts'

const KINDS: ReadonlyMap<string, PrincipalKind> = new Map([
  ['user', 'user'],
  ['group', 'group'],
  ['foreigngroup', 'group'],
  ['serviceprincipal', 'service-principal'],
  ['msi', 'managed-identity'],
])

export function readRoleAssignment(row: Row, into: Collected): void {
  if (isObject(row.value)) readAssignmentObject(row.value, row.at, true, into)
}

/** A role that may be activated (roleEligibilityScheduleInstance). */
export function readRoleEligibility(row: Row, into: Collected): void {
  if (isObject(row.value)) readAssignmentObject(row.value, row.at, true, into, true)
}

/** A role assignment, as the command line prints it or as REST gives it. Not every export tells its condition. */
export function readAssignmentObject(
  assignment: JsonObject,
  at: SourceRef,
  tellsCondition: boolean,
  into: Collected,
  eligible = false,
): void {
  const principal = text(assignment, 'principalId')
  const role = text(assignment, 'roleDefinitionId')
  const scope = text(assignment, 'scope')
  if (principal === undefined || role === undefined || scope === undefined) return
  const id = ownString(assignment, 'id')?.toLowerCase() ?? ''
  const subject = objectId(principal)
  notePrincipal(into, subject, {
    kind: KINDS.get(text(assignment, 'principalType')?.toLowerCase() ?? '') ?? 'unknown',
    name: text(assignment, 'principalName') ?? principal,
    fields: {},
    at: null,
  })
  const found = {
    id,
    scope: canonicalScope(scope),
    role: lastStep(role),
    roleName: text(assignment, 'roleDefinitionName') ?? null,
    principal: subject,
    condition: conditionOf(assignment),
    mayHaveCondition: !tellsCondition,
    directory: false,
    eligible,
    at,
  }
  const key = id === '' ? [found.scope, found.role, subject, ...(eligible ? ['eligible'] : [])].join(' ') : id
  keep(key, found, tellsCondition, into)
}

/** The same assignment is kept once; an export that tells conditions is preferred to one that leaves them out. */
function keep(
  key: string,
  found: Parameters<Collected['assignments']['set']>[1],
  tellsCondition: boolean,
  into: Collected,
): void {
  if (!tellsCondition && into.assignments.has(key)) return
  into.assignments.set(key, found)
}

/** A directory role assignment (Microsoft Graph unifiedRoleAssignment). */
export function readDirectoryAssignment(row: Row, into: Collected): void {
  if (isObject(row.value)) readDirectoryAssignmentObject(row.value, row.at, into)
}

/** A directory role that may be activated (Microsoft Graph unifiedRoleEligibilityScheduleInstance). */
export function readDirectoryEligibility(row: Row, into: Collected): void {
  if (isObject(row.value)) readDirectoryAssignmentObject(row.value, row.at, into, true)
}

export function readDirectoryAssignmentObject(
  assignment: JsonObject,
  at: SourceRef,
  into: Collected,
  eligible = false,
): void {
  const principal = ownString(assignment, 'principalId')
  const role = ownString(assignment, 'roleDefinitionId')
  if (principal === undefined || role === undefined) return
  const scope = `directory:${canonicalScope(ownString(assignment, 'directoryScopeId') ?? '/')}`
  const subject = objectId(principal)
  notePrincipal(into, subject, { kind: 'unknown', name: principal, fields: {}, at: null })
  const id = ownString(assignment, 'id') ?? ''
  const key = `directory ${scope} ${lastStep(role)} ${subject}${eligible ? ' eligible' : ''}`
  into.assignments.set(key, {
    id,
    scope,
    role: lastStep(role),
    roleName: null,
    principal: subject,
    condition: conditionOf(assignment),
    directory: true,
    mayHaveCondition: false,
    eligible,
    at,
  })
}

/** A deny assignment: as REST gives it (Microsoft.Authorization/denyAssignments), also with its fields at the top. */
export function readDenyAssignment(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const deny = row.value
  // An `audit` effect logs what it would deny and blocks nothing (denyAssignments 2024-07-01-preview).
  if (text(deny, 'denyAssignmentEffect')?.toLowerCase() === 'audit') return
  const principals = list(deny, 'principals').filter(isObject)
  const everyone = principals.some((principal) => {
    const type = ownString(principal, 'type')?.toLowerCase()
    const id = ownString(principal, 'id')
    return type === 'systemdefined' || type === 'everyone' || (id !== undefined && /^[0-]+$/.test(id))
  })
  const ids = (key: string): string[] =>
    list(deny, key).flatMap((item) => {
      const id = isObject(item) ? objectId(ownString(item, 'id') ?? '') : ''
      if (!isObject(item) || /^[0-]*$/.test(id)) return []
      const kind = KINDS.get(ownString(item, 'type')?.toLowerCase() ?? '') ?? 'unknown'
      const name = ownString(item, 'displayName') ?? id
      notePrincipal(into, id, { kind, name, fields: {}, at: null })
      return [id]
    })
  into.denies.push({
    name: text(deny, 'denyAssignmentName') ?? ownString(deny, 'name') ?? '',
    scope: canonicalScope(text(deny, 'scope') ?? '/'),
    onlyHere: field(deny, 'doNotApplyToChildScopes') === true,
    everyone,
    principals: ids('principals'),
    excluded: ids('excludePrincipals'),
    blocks: blocksOf(list(deny, 'permissions')),
    condition: conditionOf(deny),
    at: row.at,
  })
}
