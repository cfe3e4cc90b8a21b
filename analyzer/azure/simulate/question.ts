import type { JsonObject } from '../../../graph/index.ts'
import { isObject } from '../../../graph/index.ts'
import type { Policies } from '../policy/model.ts'
import type { Request } from '../policy/request.ts'
import { groupsOf } from '../policy/request.ts'
import { canonicalScope, objectId } from '../scope.ts'
import { GivenAttributes, literals } from './attributes.ts'
import { byId, readAssignment, readDeny, readRole } from './documents.ts'
import type { At } from './shape.ts'
import { bad, flag, given, items, member, only, text } from './shape.ts'

const MEMBERS = [
  'id',
  'principal',
  'groups',
  'action',
  'isDataAction',
  'subOperation',
  'scope',
  'ancestors',
  'roleDefinitions',
  'roleAssignments',
  'denyAssignments',
  'attributes',
  'context',
]

export interface Question {
  readonly request: Request
  readonly policies: Policies
}

/** Reads one question (docs/schema/simulate-azure.request.json); what has another shape is `INPUT_SHAPE` with its place. */
export function readQuestion(question: JsonObject): Question {
  only(question, '', MEMBERS)
  const at = (key: string): At => member(question, '', key)
  const principal = readPrincipal(at('principal'))
  const attributes = new GivenAttributes(at('attributes'), at('context'))
  return {
    request: {
      principal,
      groups: readGroups(at('groups'), principal),
      action: text(at('action')).trim().toLowerCase(),
      isData: flag(at('isDataAction')),
      subOperation: readSubOperation(at('subOperation')),
      scope: canonicalScope(text(at('scope'))),
      ancestors: readAncestors(at('ancestors')),
      attribute: (attribute) => attributes.valuesOf(attribute),
    },
    policies: {
      roles: byId(items(given(at('roleDefinitions'))).map(readRole)),
      assignments: items(given(at('roleAssignments'))).map(readAssignment),
      denies: items(at('denyAssignments')).map(readDeny),
    },
  }
}

/** An object id, or `{"id": …}`. */
function readPrincipal(at: At): string {
  if (!isObject(at.value)) return objectId(text(at).trim())
  only(at.value, at.pointer, ['id', 'type'])
  return objectId(text(member(at.value, at.pointer, 'id')).trim())
}

/**
 * The principal's groups as its token has them (ids, nesting already followed), or listings `{"id", "members"}` from
 * which they are found; both may stand side by side. Not given: not known.
 */
function readGroups(at: At, principal: string): ReadonlySet<string> | undefined {
  if (at.value === undefined || at.value === null) return undefined
  const direct: string[] = []
  const members = new Map<string, Set<string>>()
  for (const item of items(at)) {
    if (!isObject(item.value)) {
      direct.push(objectId(text(item)))
      continue
    }
    only(item.value, item.pointer, ['id', 'members'])
    const id = objectId(text(member(item.value, item.pointer, 'id')))
    const inside = members.get(id) ?? new Set<string>()
    for (const one of items(given(member(item.value, item.pointer, 'members'))))
      inside.add(objectId(text(one)))
    members.set(id, inside)
  }
  return groupsOf(principal, direct, members)
}

/** Management groups above the scope; the other levels are told by the scope itself, `/` is above everything. */
function readAncestors(at: At): ReadonlySet<string> | undefined {
  if (at.value === undefined || at.value === null) return undefined
  return new Set(items(at).map((item) => canonicalScope(text(item))))
}

/** `Blob.List`; null: the operation has none; not given or `{"unknown": true}`: not known. */
function readSubOperation(at: At): string | null | undefined {
  const values = literals(at)
  if (values === undefined) return undefined
  const [value] = values
  if (value === undefined) return null
  if (values.length > 1 || value.type !== 'text') throw bad(at, 'a text, null, or {"unknown": true}')
  return value.text.toLowerCase()
}
