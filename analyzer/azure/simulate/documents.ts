import type { JsonObject } from '../../../graph/index.ts'
import { GomeisaError, isObject, own } from '../../../graph/index.ts'
import type {
  ConditionText,
  DenyAssignment,
  PermissionBlock,
  PrincipalRef,
  RoleAssignment,
  RoleDefinition,
} from '../policy/model.ts'
import { canonicalScope, lastStep, objectId } from '../scope.ts'
import type { At } from './shape.ts'
import { flag, given, items, member, object, text, textOrNone } from './shape.ts'

/** A document and its members: in `properties` as ARM gives it, or beside the id as `az` prints it. */
interface Opened {
  readonly outer: JsonObject
  readonly members: JsonObject
  /** Place of the members. */
  readonly pointer: string
}

function opened(at: At): Opened {
  const outer = object(at)
  const properties = own(outer, 'properties')
  return isObject(properties)
    ? { outer, members: properties, pointer: `${at.pointer}/properties` }
    : { outer, members: outer, pointer: at.pointer }
}

/** A role definition: `az role definition list`, or Microsoft.Authorization/roleDefinitions. */
export function readRole(at: At): RoleDefinition {
  const { outer, members, pointer } = opened(at)
  const id = textOrNone(member(outer, at.pointer, 'name')) ?? text(member(outer, at.pointer, 'id'))
  return {
    id: roleId(id),
    name: textOrNone(member(members, pointer, 'roleName')) ?? lastStep(id),
    blocks: items(given(member(members, pointer, 'permissions'))).map(readBlock),
    at: at.pointer,
  }
}

/** A role assignment: `az role assignment list`, or Microsoft.Authorization/roleAssignments. */
export function readAssignment(at: At): RoleAssignment {
  const { outer, members, pointer } = opened(at)
  const principal = text(member(members, pointer, 'principalId'))
  const type = textOrNone(member(members, pointer, 'principalType'))
  return {
    name: nameOf(outer, at),
    role: roleId(text(member(members, pointer, 'roleDefinitionId'))),
    principal: { id: objectId(principal), everyone: false, group: isGroup(type) },
    scope: canonicalScope(text(member(members, pointer, 'scope'))),
    condition: readCondition(members, pointer),
    at: at.pointer,
  }
}

/** A deny assignment: Microsoft.Authorization/denyAssignments, its members in `properties` or beside the id. */
export function readDeny(at: At): DenyAssignment {
  const { outer, members, pointer } = opened(at)
  const onlyHere = member(members, pointer, 'doNotApplyToChildScopes')
  const effect = textOrNone(member(members, pointer, 'denyAssignmentEffect'))
  return {
    name: textOrNone(member(members, pointer, 'denyAssignmentName')) ?? nameOf(outer, at),
    scope: canonicalScope(text(member(members, pointer, 'scope'))),
    onlyHere: onlyHere.value === undefined || onlyHere.value === null ? false : flag(onlyHere),
    enforced: effect?.toLowerCase() !== 'audit',
    principals: items(given(member(members, pointer, 'principals'))).map(readPrincipal),
    excluded: items(member(members, pointer, 'excludePrincipals')).map(readPrincipal),
    blocks: items(given(member(members, pointer, 'permissions'))).map(readBlock),
    condition: readCondition(members, pointer),
    at: at.pointer,
  }
}

/** Definitions by their id. The same id with other permissions is an error: which one counts is not known. */
export function byId(roles: readonly RoleDefinition[]): ReadonlyMap<string, RoleDefinition> {
  const found = new Map<string, RoleDefinition>()
  for (const role of roles) {
    const known = found.get(role.id)
    if (known !== undefined && JSON.stringify(known.blocks) !== JSON.stringify(role.blocks))
      throw new GomeisaError(
        'INPUT_DUPLICATE',
        `the role \`${role.id}\` is defined twice with other permissions`,
        {
          place: { file: '', pointer: role.at },
          remedy: 'leave one of the definitions out',
        },
      )
    found.set(role.id, role)
  }
  return found
}

function readBlock(at: At): PermissionBlock {
  const block = object(at)
  const patterns = (key: string): string[] =>
    items(member(block, at.pointer, key)).map((item) => text(item).toLowerCase())
  return {
    actions: patterns('actions'),
    notActions: patterns('notActions'),
    dataActions: patterns('dataActions'),
    notDataActions: patterns('notDataActions'),
    condition: readCondition(block, at.pointer),
  }
}

function readCondition(of: JsonObject, pointer: string): ConditionText | null {
  const condition = textOrNone(member(of, pointer, 'condition'))
  const version = textOrNone(member(of, pointer, 'conditionVersion'))
  return condition === null ? null : { text: condition, version }
}

const EVERYONE = new Set(['systemdefined', 'everyone'])

function readPrincipal(at: At): PrincipalRef {
  const principal = object(at)
  const type = textOrNone(member(principal, at.pointer, 'type'))
  const id = objectId(text(member(principal, at.pointer, 'id')))
  const everyone = EVERYONE.has(type?.toLowerCase() ?? '') || /^[0-]+$/.test(id)
  return { id, everyone, group: isGroup(type) }
}

function isGroup(type: string | null): boolean | undefined {
  return type === null || type.toLowerCase() === 'unknown' ? undefined : /group$/i.test(type)
}

function nameOf(outer: JsonObject, at: At): string {
  const name = textOrNone(member(outer, at.pointer, 'name')) ?? textOrNone(member(outer, at.pointer, 'id'))
  return name === null ? at.pointer : lastStep(name)
}

function roleId(text: string): string {
  return objectId(lastStep(text.trim().replace(/\/+$/, '')))
}
