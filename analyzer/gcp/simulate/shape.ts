import type { Json, JsonObject } from '../../../graph/index.ts'
import { GomeisaError, isObject, own, pointerStep } from '../../../graph/index.ts'

/** Thrown within the reader of a request and caught at its door: what is wrong, and where. */
export function badShape(pointer: string, says: string): GomeisaError {
  return new GomeisaError('INPUT_SHAPE', says, { place: { file: '', pointer } })
}

/** A text under a key; `null` when the key is not there. */
export function textAt(object: JsonObject, key: string, pointer: string): string | null {
  const value = own(object, key)
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  throw badShape(pointer + pointerStep(key), `\`${key}\` is no text`)
}

/** A text that must be there and not empty. */
export function filledAt(object: JsonObject, key: string, pointer: string): string {
  const value = textAt(object, key, pointer)
  if (value === null || value === '') throw badShape(pointer, `\`${key}\` is missing`)
  return value
}

export function listAt(object: JsonObject, key: string, pointer: string): readonly Json[] {
  const value = own(object, key)
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value as readonly Json[]
  throw badShape(pointer + pointerStep(key), `\`${key}\` is no list`)
}

export function textsAt(object: JsonObject, key: string, pointer: string): readonly string[] {
  const list = listAt(object, key, pointer)
  const wrong = list.findIndex((item) => typeof item !== 'string')
  if (wrong >= 0) throw badShape(`${pointer}${pointerStep(key)}/${wrong}`, 'it is no text')
  return list as readonly string[]
}

/** The objects of a list. */
export function objectsAt(object: JsonObject, key: string, pointer: string): readonly JsonObject[] {
  const list = listAt(object, key, pointer)
  const wrong = list.findIndex((item) => !isObject(item))
  if (wrong >= 0) throw badShape(`${pointer}${pointerStep(key)}/${wrong}`, 'it is no object')
  return list as readonly JsonObject[]
}

export function objectAt(object: JsonObject, key: string, pointer: string): JsonObject | null {
  const value = own(object, key)
  if (value === undefined || value === null) return null
  if (isObject(value)) return value
  throw badShape(pointer + pointerStep(key), `\`${key}\` is no object`)
}

/** The expression of a condition (google.type.Expr); null: there is no condition. */
export function expressionAt(object: JsonObject, key: string, pointer: string): string | null {
  const condition = objectAt(object, key, pointer)
  return condition === null ? null : textAt(condition, 'expression', `${pointer}/${key}`)
}
