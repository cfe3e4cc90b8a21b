import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import type { Attribute, Literal, Source } from '../policy/condition/syntax.ts'
import { attributeKey } from '../policy/condition/syntax.ts'
import type { At } from './shape.ts'
import { bad, member, object, only } from './shape.ts'

const MEMBERS: readonly (readonly [string, Source])[] = [
  ['resource', 'Resource'],
  ['request', 'Request'],
  ['principal', 'Principal'],
]

/**
 * What a question tells of attributes: name (as conditions write it, in any letter case) → value, list of values, `null`
 * (surely absent) or `{"unknown": true}`. An attribute that is not named is not known either: it stays in the residual.
 */
export class GivenAttributes {
  private readonly found = new Map<string, readonly Literal[]>()

  /** `attributes`: by source. `context`: of the environment. */
  constructor(attributes: At, context: At) {
    if (attributes.value !== undefined) {
      const sources = object(attributes)
      only(
        sources,
        attributes.pointer,
        MEMBERS.map(([key]) => key),
      )
      for (const [key, source] of MEMBERS) {
        const at = member(sources, attributes.pointer, key)
        if (at.value !== undefined) this.take(source, object(at), at.pointer)
      }
    }
    if (context.value !== undefined) this.take('Environment', object(context), context.pointer)
  }

  /** `undefined`: not known. Empty: absent. */
  valuesOf({ source, name }: Attribute): readonly Literal[] | undefined {
    return this.found.get(`${source} ${attributeKey(name)}`)
  }

  private take(source: Source, given: JsonObject, pointer: string): void {
    for (const name of Object.keys(given)) {
      const at = member(given, pointer, name)
      const values = literals(at)
      if (values !== undefined) this.found.set(`${source} ${attributeKey(name)}`, values)
    }
  }
}

/** The value of something that may be unknown: `undefined` then, the empty list when it is null. */
export function literals(at: At): readonly Literal[] | undefined {
  const { value } = at
  if (value === undefined || (isObject(value) && own(value, 'unknown') === true)) return undefined
  if (value === null) return []
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
  return list.map((item): Literal => {
    if (typeof item === 'string') return { type: 'text', text: item }
    if (typeof item === 'number' || typeof item === 'boolean') return { type: 'word', text: String(item) }
    throw bad(at, 'a value, a list of values, null, or {"unknown": true}')
  })
}
