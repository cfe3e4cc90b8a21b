import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Json, JsonObject, Place } from '../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../graph/index.ts'
import { withoutNamespace } from './schema.ts'
import type { Condition, EntityName, Offence, Policy, PolicyFile, Scope } from './policy.ts'

/** What files of policies hold: the policies that can be read, and what is wrong with the others. */
export interface ReadPolicies {
  readonly policies: readonly Policy[]
  readonly offences: readonly Offence[]
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Reads policy files in Cedar's own text. Every policy needs an `@id` of its own, in words with hyphens, because Cedar's
 * answers name policies and a number would change with every policy that is added above. Templates are refused.
 */
export function readPolicies(files: readonly PolicyFile[]): ReadPolicies {
  const policies: Policy[] = []
  const offences: Offence[] = []
  const taken = new Map<string, Place>()
  for (const file of files) {
    const parts = cedar.policySetTextToParts(file.text)
    if (parts.type === 'failure') {
      for (const { message, help, sourceLocations } of parts.errors) {
        const place = placeAt(file, byteOffset(file.text, sourceLocations?.[0]?.start ?? 0))
        offences.push({ rule: 'syntax', says: message, place, ...(help !== null && { remedy: help }) })
      }
      continue
    }
    for (const text of parts.policy_templates) {
      const place = placeAt(file, file.text.indexOf(text))
      offences.push({
        rule: 'syntax',
        says: 'templates are not supported',
        place,
        remedy: 'write the policy out',
      })
    }
    let from = 0
    for (const text of inOrder(file.text, parts.policies)) {
      const start = file.text.indexOf(text, from)
      from = start + text.length
      const place = placeAt(file, start)
      const policy = readPolicy(text, place)
      const before = policy === undefined ? undefined : taken.get(policy.id)
      if (policy === undefined) offences.push({ rule: 'syntax', says: 'the policy cannot be read', place })
      else if (!ID.test(policy.id)) {
        const says = policy.id === '' ? 'the policy has no `@id`' : `\`${policy.id}\` is no id`
        const remedy = 'write @id("words-with-hyphens") before it'
        offences.push({ rule: 'id', says, place, remedy })
      } else if (before !== undefined) {
        const says = `the id stands at ${before.file}:${before.line ?? 1} already`
        offences.push({
          rule: 'id',
          policy: policy.id,
          says,
          place,
          remedy: 'give each policy an id of its own',
        })
      } else {
        taken.set(policy.id, place)
        policies.push(policy)
      }
    }
  }
  return { policies, offences }
}

/** Cedar sorts the parts by made-up ids (`policy10` before `policy2`): back to the order of the file. */
function inOrder(text: string, parts: readonly string[]): readonly string[] {
  const sorted = [...parts.keys()].map((i) => `policy${i}`).sort()
  const order = new Map(sorted.map((id, i) => [id, parts[i] ?? '']))
  const numbered = [...parts.keys()].map((i) => order.get(`policy${i}`) ?? '')
  let from = 0
  const fits = numbered.every((part) => {
    from = text.indexOf(part, from) + part.length
    return from >= part.length
  })
  return fits ? numbered : [...parts].sort((a, b) => text.indexOf(a) - text.indexOf(b))
}

function readPolicy(text: string, place: Place): Policy | undefined {
  const answer = cedar.policyToJson(text)
  if (answer.type === 'failure') return undefined
  const json = answer.json as unknown as JsonObject
  const annotations = new Map(
    Object.entries(ownObject(json, 'annotations') ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : '',
    ]),
  )
  return {
    id: annotations.get('id') ?? '',
    text,
    effect: ownString(json, 'effect') === 'permit' ? 'permit' : 'forbid',
    annotations,
    place,
    scope: readScope(json),
    conditions: ownList(json, 'conditions').map(readCondition),
  }
}

function readCondition(clause: Json): Condition {
  const kind = isObject(clause) && ownString(clause, 'kind') === 'unless' ? 'unless' : 'when'
  return { kind, body: isObject(clause) ? (own(clause, 'body') ?? null) : null }
}

function readScope(json: JsonObject): Scope {
  const action = ownObject(json, 'action')
  const one = action && ownObject(action, 'entity')
  const several = action ? ownList(action, 'entities') : []
  const named = (one === undefined ? several : [one]).flatMap((each) =>
    isObject(each) ? [ownString(each, 'id') ?? ''] : [],
  )
  return {
    actions: action === undefined || ownString(action, 'op') === 'All' ? undefined : named,
    principal: entityOf(ownObject(json, 'principal')),
    resource: entityOf(ownObject(json, 'resource')),
  }
}

/** The entity of `== e`, `in e` and `is T in e`. */
function entityOf(constraint: JsonObject | undefined): EntityName | undefined {
  if (constraint === undefined) return undefined
  const entity = ownObject(constraint, 'entity') ?? ownObject(ownObject(constraint, 'in') ?? {}, 'entity')
  if (entity === undefined) return undefined
  return { type: withoutNamespace(ownString(entity, 'type') ?? ''), id: ownString(entity, 'id') ?? '' }
}

/** Where a place of a file is, line and column from 1. `offset` in UTF-16 units. */
export function placeAt(file: PolicyFile, offset: number): Place {
  const before = file.text.slice(0, Math.max(0, offset)).split('\n')
  return { file: file.path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Cedar counts bytes of UTF-8, a string counts UTF-16 units. */
function byteOffset(text: string, bytes: number): number {
  return Buffer.from(text, 'utf8').subarray(0, bytes).toString('utf8').length
}
