import type { Row } from '../../../graph/index.ts'
import { isObject, own, ownString } from '../../../graph/index.ts'
import { objectId } from '../scope.ts'
import type { Collected, CollectedUnit } from './collected.ts'
import { notePrincipal } from './collected.ts'

/** Microsoft Graph administrativeUnit. */
export function readAdministrativeUnit(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const id = ownString(row.value, 'id')
  if (id === undefined) return
  const unit = unitOf(objectId(id), into)
  unit.name = ownString(row.value, 'displayName') ?? unit.name
  const restricted = own(row.value, 'isMemberManagementRestricted')
  // Null where it was never set, which is no.
  unit.restricted = restricted === undefined ? null : restricted === true
}

/** A member of the unit that the call names; no row, a unit that holds nobody. */
export function readUnitMember(row: Row, scope: string | undefined, into: Collected): void {
  const id = (row.parameters === undefined ? undefined : ownString(row.parameters, 'unit')) ?? scope
  if (id === undefined) return
  const unit = unitOf(objectId(id), into)
  unit.members ??= new Set()
  const member = isObject(row.value) ? ownString(row.value, 'id') : undefined
  if (member !== undefined) unit.members.add(objectId(member))
}

/** Somebody who may become a member or an owner of a group (privilegedAccessGroupEligibilityScheduleInstance). */
export function readGroupEligibility(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const [group, principal] = [ownString(row.value, 'groupId'), ownString(row.value, 'principalId')]
  const access = ownString(row.value, 'accessId')
  if (group === undefined || principal === undefined || (access !== 'member' && access !== 'owner')) return
  notePrincipal(into, objectId(group), { kind: 'group', name: group, fields: {}, at: null })
  notePrincipal(into, objectId(principal), { kind: 'unknown', name: principal, fields: {}, at: null })
  const list = access === 'member' ? into.eligibleMembers : into.eligibleOwners
  list.push({ group: objectId(group), principal: objectId(principal), at: row.at })
}

function unitOf(id: string, into: Collected): CollectedUnit {
  const known = into.units.get(id) ?? { name: id, restricted: null, members: null }
  into.units.set(id, known)
  return known
}
