import type { Row } from '../../../graph/index.ts'
import { isObject, own, ownObject, ownString } from '../../../graph/index.ts'
import { RESOURCE_MANAGER } from '../resource-name.ts'
import type { Collected } from './collected.ts'
import { idText } from './fields.ts'
import { labelsOf } from './labels.ts'

/** A row of `gcloud projects list` (Resource Manager v1, or v3 where `name` is `projects/NUMBER`). */
export function readProjectRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const id = ownString(row.value, 'projectId')
  if (id === undefined) return
  const name = ownString(row.value, 'name') ?? ''
  const number = idText(own(row.value, 'projectNumber')) ?? /^projects\/(\d+)$/.exec(name)?.[1]
  if (number !== undefined) into.projectIds.set(number, id)
  const full = `${RESOURCE_MANAGER}projects/${id}`
  const parent = ownObject(row.value, 'parent')
  const type = parent === undefined ? undefined : ownString(parent, 'type')
  const parentId = parent === undefined ? undefined : idText(own(parent, 'id'))
  const path =
    type !== undefined && parentId !== undefined ? `${type}s/${parentId}` : ownString(row.value, 'parent')
  if (path !== undefined) into.above.push([full, [RESOURCE_MANAGER + path]])
  into.containers.set(full, {
    display:
      ownString(row.value, 'displayName') ?? (name.startsWith('projects/') || name === '' ? null : name),
    tags: labelsOf(ownObject(row.value, 'labels')),
    isTop: path === undefined,
    at: row.at,
  })
}

/** A row of `gcloud resource-manager folders list` or `gcloud organizations list`. */
export function readUpperRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const name = ownString(row.value, 'name')
  if (name === undefined) return
  const full = RESOURCE_MANAGER + name
  const parent = ownString(row.value, 'parent')
  if (parent !== undefined) into.above.push([full, [RESOURCE_MANAGER + parent]])
  into.containers.set(full, {
    display: ownString(row.value, 'displayName') ?? null,
    tags: [],
    isTop: name.startsWith('organizations/'),
    at: row.at,
  })
}
