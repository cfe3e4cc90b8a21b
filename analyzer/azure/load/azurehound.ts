import type { Json, JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, ownList, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import { lastStep, managementGroup } from '../scope.ts'
import { readAssignmentObject, readDirectoryAssignmentObject } from './assignments.ts'
import { readAppRoleObject } from './app-roles.ts'
import type { Collected } from './collected.ts'
import { nameTenant, noteTenant, readManagementGroup, readSubscriptionObject } from './containers.ts'
import {
  noteFederated,
  noteMember,
  noteOwner,
  readApplicationObject,
  readGroupObject,
  readServicePrincipalObject,
  readUserObject,
} from './directory.ts'
import { readResourceObject } from './resources.ts'
import { readDirectoryRoleObject } from './roles.ts'

/** Kinds whose `data` is one object that another export gives in the same form. */
const OBJECTS: ReadonlyMap<string, (data: JsonObject, at: SourceRef, into: Collected) => void> = new Map([
  ['AZUser', readUserObject],
  ['AZGroup', readGroupObject],
  ['AZServicePrincipal', readServicePrincipalObject],
  ['AZApp', readApplicationObject],
  ['AZSubscription', readSubscriptionObject],
  ['AZRole', (data: JsonObject, _at: SourceRef, into: Collected) => readDirectoryRoleObject(data, into)],
  [
    'AZManagementGroup',
    (value: JsonObject, at: SourceRef, into: Collected) => readManagementGroup({ value, at }, into),
  ],
  ['AZAppRoleAssignment', readAppRoleObject],
  ['AZManagementGroupDescendant', readDescendant],
  ['AZTenant', readTenant],
  ...[
    'AZVM',
    'AZVMScaleSet',
    'AZFunctionApp',
    'AZWebApp',
    'AZLogicApp',
    'AZAutomationAccount',
    'AZKeyVault',
  ].map((kind) => [kind, readResourceObject] as const),
  ...['AZManagedCluster', 'AZContainerRegistry', 'AZStorageAccount'].map(
    (kind) => [kind, readResourceObject] as const,
  ),
])

/** An entry of an AzureHound collection: `{kind, data}` (AzureHound, models). Kinds that are not known are passed over. */
export function readAzureHound(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const kind = ownString(row.value, 'kind') ?? ''
  const data = ownObject(row.value, 'data')
  if (data === undefined) return
  const at = { ...row.at, pointer: `${row.at.pointer}/data` }
  OBJECTS.get(kind)?.(data, at, into)
  if (kind === 'AZGroupMember') {
    const group = ownString(data, 'groupId')?.toLowerCase()
    if (group !== undefined)
      each(data, 'members', 'member', at, (value, place) => noteMember(group, value, place, into))
  }
  if (kind === 'AZAppOwner' || kind === 'AZServicePrincipalOwner') {
    const of = ownString(data, kind === 'AZAppOwner' ? 'appId' : 'servicePrincipalId')
    if (of !== undefined)
      each(data, 'owners', 'owner', at, (value, place) => noteOwner(of, value, place, into))
  }
  if (kind === 'AZGroupOwner') {
    const group = ownString(data, 'groupId')
    if (group !== undefined)
      each(data, 'owners', 'owner', at, (value, place) => noteOwner(group, value, place, into))
  }
  const app = ownString(data, 'appId')
  if (app !== undefined) {
    each(data, 'fics', 'fic', at, (value, place) => {
      if (isObject(value)) noteFederated(app, value, place, into)
    })
  }
  if (kind === 'AZRoleAssignment') {
    for (const [i, assignment] of ownList(data, 'roleAssignments').entries()) {
      if (!isObject(assignment)) continue
      const role = { roleDefinitionId: ownString(data, 'roleDefinitionId'), ...assignment }
      readDirectoryAssignmentObject(
        role,
        { ...at, pointer: `${at.pointer}/roleAssignments${pointerStep(i)}` },
        into,
      )
    }
    return
  }
  // AzureHound asks an API version without conditions (2015-07-01), so each of its assignments may have one.
  for (const [list, item] of ASSIGNMENT_LISTS) {
    each(data, list, item, at, (value, place) => {
      if (isObject(value)) readAssignmentObject(value, place, false, into)
    })
  }
}

/** Where the kinds about resources keep role assignments. */
const ASSIGNMENT_LISTS = [
  ['roleAssignments', 'roleAssignment'],
  ['assignees', 'assignee'],
  ['owners', 'owner'],
  ['userAccessAdmins', 'userAccessAdmin'],
  ['contributors', 'contributor'],
] as const

/** Each item of a list of wrapped items; of an empty list, null once, so that it is known to be empty. */
function each(
  data: JsonObject,
  list: string,
  item: string,
  at: SourceRef,
  use: (value: Json, at: SourceRef) => void,
): void {
  if (!Object.hasOwn(data, list)) return
  const wrapped = ownList(data, list)
  if (wrapped.length === 0) use(null, at)
  for (const [i, wrapper] of wrapped.entries()) {
    const value = isObject(wrapper) ? ownObject(wrapper, item) : undefined
    if (value !== undefined) use(value, { ...at, pointer: `${at.pointer}/${list}/${i}/${item}` })
  }
}

/** A management group or subscription below a management group (ARM DescendantInfo). */
function readDescendant(data: JsonObject, at: SourceRef, into: Collected): void {
  const id = ownString(data, 'id')?.toLowerCase()
  const properties = ownObject(data, 'properties') ?? {}
  const parent = ownString(ownObject(properties, 'parent') ?? {}, 'id')
  if (id === undefined || parent === undefined) return
  const own = id.includes('/subscriptions/')
    ? `/subscriptions/${lastStep(id)}`
    : managementGroup(lastStep(id))
  into.parents.set(own, managementGroup(lastStep(parent)))
  if (into.containers.has(own)) return
  into.containers.set(own, { name: ownString(properties, 'displayName') ?? lastStep(id), tags: [], at })
}

function readTenant(data: JsonObject, _at: SourceRef, into: Collected): void {
  const tenant = ownString(data, 'tenantId')
  noteTenant(tenant, into)
  if (tenant?.toLowerCase() === into.tenant) nameTenant(data, 'displayName', into)
}
