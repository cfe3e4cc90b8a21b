import type { Json } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import type { ContextValue } from '../policy/context.ts'
import { UNKNOWN } from '../policy/context.ts'
import { asObject, LINE } from './line-shape.ts'

const FIELD = LINE.at('context')
const REMEDY = 'give a text, number, true, false, a list of them, or {"unknown": true}'

/** The context keys of a line by their folded names. */
export function readContext(raw: Json | undefined): ReadonlyMap<string, ContextValue> {
  const found = new Map<string, ContextValue>()
  if (raw === undefined) return found
  for (const [key, value] of Object.entries(asObject(raw, FIELD))) {
    const folded = key.toLowerCase()
    if (found.has(folded))
      throw FIELD.at(key).wrong('stands there twice, in another case', 'keep one of them')
    found.set(folded, contextValue(value ?? null, key))
  }
  return found
}

function contextValue(raw: Json, key: string): ContextValue {
  if (isObject(raw)) {
    if (own(raw, 'unknown') === true && Object.keys(raw).length === 1) return UNKNOWN
    throw FIELD.at(key).wrong('is an object', REMEDY)
  }
  const list = Array.isArray(raw) ? (raw as readonly Json[]) : [raw]
  return list.map((value) => {
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw FIELD.at(key).wrong('has a value of another kind', REMEDY)
  })
}
