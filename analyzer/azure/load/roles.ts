import type { Json, JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownObject, ownString } from '../../../graph/index.ts'
import type { BlockState } from '../state.ts'
import { canonicalScope, lastStep } from '../scope.ts'
import type { Collected } from './collected.ts'
import { list, text, texts } from './fields.ts'

/** An Azure role definition: as `az role definition list` prints it, or as REST gives it. */
export function readRoleDefinition(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const id = ownString(row.value, 'name') ?? ownString(row.value, 'id')
  if (id === undefined) return
  const name = text(row.value, 'roleName') ?? id
  // `roleType` as the command line prints it, `properties.type` as REST gives it.
  const inner = ownObject(row.value, 'properties') ?? {}
  const type = (ownString(row.value, 'roleType') ?? ownString(inner, 'type'))?.toLowerCase()
  const assignable = type === 'customrole' ? texts(row.value, 'assignableScopes').map(canonicalScope) : null
  const blocks = blocksOf(list(row.value, 'permissions'))
  into.roles.set(lastStep(id), { name, directory: false, assignable, blocks })
}

/** Permission blocks of a role definition or deny assignment; they are never merged. */
export function blocksOf(permissions: readonly Json[]): BlockState[] {
  return permissions.filter(isObject).map((block) => ({
    actions: texts(block, 'actions'),
    notActions: texts(block, 'notActions'),
    dataActions: texts(block, 'dataActions'),
    notDataActions: texts(block, 'notDataActions'),
    condition: conditionOf(block),
  }))
}

export function conditionOf(object: JsonObject): string | null {
  return text(object, 'condition') ?? null
}

/** A directory role definition (Microsoft Graph unifiedRoleDefinition). */
export function readDirectoryRole(row: Row, into: Collected): void {
  if (isObject(row.value)) readDirectoryRoleObject(row.value, into)
}

export function readDirectoryRoleObject(role: JsonObject, into: Collected): void {
  const id = ownString(role, 'id')
  if (id === undefined) return
  const given = own(role, 'rolePermissions')
  const blocks = list(role, 'rolePermissions')
    .filter(isObject)
    .map((block): BlockState => ({
      actions: texts(block, 'allowedResourceActions'),
      notActions: texts(block, 'excludedResourceActions'),
      dataActions: [],
      notDataActions: [],
      condition: conditionOf(block),
    }))
  const name = ownString(role, 'displayName') ?? id
  if (Array.isArray(given)) into.roles.set(lastStep(id), { name, directory: true, assignable: null, blocks })
  else into.roleNames.set(lastStep(id), name)
}
