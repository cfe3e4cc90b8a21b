import type { JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, ownString } from '../../../graph/index.ts'
import { objectId } from '../scope.ts'
import type { Collected } from './collected.ts'
import { notePrincipal } from './collected.ts'

export function readAppRole(row: Row, into: Collected): void {
  if (isObject(row.value)) readAppRoleObject(row.value, row.at, into)
}

/** An application permission that a service principal has (Microsoft Graph appRoleAssignment). */
export function readAppRoleObject(grant: JsonObject, at: SourceRef, into: Collected): void {
  const principal = ownString(grant, 'principalId')
  const appRole = ownString(grant, 'appRoleId')
  const of = ownString(grant, 'resourceId')
  if (principal === undefined || appRole === undefined || of === undefined) return
  // Users and groups are assigned to applications by the same object: that opens the application, and gives no permission.
  const type = ownString(grant, 'principalType')?.toLowerCase()
  if (type !== undefined && type !== 'serviceprincipal') return
  const subject = objectId(principal)
  const name = ownString(grant, 'principalDisplayName') ?? subject
  notePrincipal(into, subject, { kind: 'service-principal', name, fields: { human: false }, at: null })
  into.appRoles.push({ principal: subject, appRole: appRole.toLowerCase(), of: objectId(of), at })
}
