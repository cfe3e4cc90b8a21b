import type { JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownString } from '../../../graph/index.ts'
import { canonicalPermission } from '../permission-name.ts'
import type { Collected } from './collected.ts'
import { strings } from './fields.ts'

export function readRoleRow(row: Row, into: Collected): void {
  if (isObject(row.value)) readRole(row.value, into)
}

/**
 * A role (google.iam.admin.v1.Role). A listing without `includedPermissions` gives the name only. A role that is
 * disabled, or deleted and not yet gone, grants nothing (IAM documentation, "Create and manage custom roles").
 */
export function readRole(role: JsonObject, into: Collected): void {
  const name = ownString(role, 'name')
  if (name === undefined) return
  const off = ownString(role, 'stage') === 'DISABLED' || own(role, 'deleted') === true
  const included = own(role, 'includedPermissions')
  const permissions = off ? [] : Array.isArray(included) ? strings(included).map(canonicalPermission) : null
  const known = into.roles.get(name)
  if (known !== undefined && known.permissions !== null) return
  into.roles.set(name, { title: ownString(role, 'title') ?? null, permissions })
}
