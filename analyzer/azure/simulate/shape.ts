import type { Json, JsonObject } from '../../../graph/index.ts'
import { GomeisaError, isObject, own, pointerStep } from '../../../graph/index.ts'

/** A value of a question and where it stands in it (JSON pointer). */
export interface At {
  readonly value: Json | undefined
  readonly pointer: string
}

/** A member by its name in any letter case given: ARM and its tools do not agree on the first letter. */
export function member(object: JsonObject, pointer: string, key: string): At {
  return { value: own(object, key), pointer: pointer + pointerStep(key) }
}

export function bad({ pointer }: At, expected: string): GomeisaError {
  const where = pointer === '' ? 'the line' : `\`${pointer}\``
  return new GomeisaError('INPUT_SHAPE', `${where} must be ${expected}`, {
    place: { file: '', pointer },
    remedy: 'docs/simulate.md describes a line',
  })
}

export function object(at: At): JsonObject {
  if (!isObject(at.value)) throw bad(at, 'an object')
  return at.value
}

export function text(at: At): string {
  if (typeof at.value !== 'string' || at.value.trim() === '') throw bad(at, 'a text that is not empty')
  return at.value
}

/** A text, or nothing: absent, null and the empty text are the same to ARM. */
export function textOrNone(at: At): string | null {
  if (at.value === undefined || at.value === null || at.value === '') return null
  return text(at)
}

export function flag(at: At): boolean {
  if (typeof at.value !== 'boolean') throw bad(at, 'true or false')
  return at.value
}

/** The items of a list; nothing and null are the empty list. */
export function items(at: At): At[] {
  if (at.value === undefined || at.value === null) return []
  if (!Array.isArray(at.value)) throw bad(at, 'a list')
  return (at.value as readonly Json[]).map((value, i) => ({ value, pointer: `${at.pointer}/${i}` }))
}

export function given(at: At): At {
  if (at.value === undefined) throw bad(at, 'given')
  return at
}

/** Refuses members that no question has: a misspelt one would silently be left out of the answer. */
export function only(object: JsonObject, pointer: string, keys: readonly string[]): void {
  const stranger = Object.keys(object).find((key) => !keys.includes(key))
  if (stranger === undefined) return
  throw new GomeisaError('INPUT_SHAPE', `\`${stranger}\` is no member of a question`, {
    place: { file: '', pointer: pointer + pointerStep(stranger) },
    remedy: `the members are ${keys.join(', ')}`,
  })
}
