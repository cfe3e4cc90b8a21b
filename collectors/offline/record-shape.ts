import { isObject, own, pointerStep } from '../../graph/index.ts'
import type { Json, JsonObject } from '../../graph/index.ts'

/** Where a value is not what it should be: pointer relative to the checked value, and both kinds in words. */
export interface Mismatch {
  readonly pointer: string
  readonly wanted: string
  readonly found: string
}

/** Says what is wrong with a value, or nothing. Pointers are built on the way back only: a good value costs no text. */
export type Shape = (value: Json) => Mismatch | undefined

export const text = accepting('text', (value) => typeof value === 'string')
export const filledText = accepting(
  'text that is not empty',
  (value) => typeof value === 'string' && value !== '',
)
export const flag = accepting('true or false', (value) => typeof value === 'boolean')
/** A number that exporters print with or without quotes, as 64-bit integers are in protocol buffers' JSON. */
export const numeral = accepting(
  'a number',
  (value) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)),
)
export const anyObject = accepting('an object', isObject)

export function listOf(shape: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return { pointer: '', wanted: 'a list', found: nameOf(value) }
    for (const [i, member] of (value as readonly Json[]).entries()) {
      const mismatch = shape(member)
      if (mismatch !== undefined) return below(i, mismatch)
    }
    return undefined
  }
}

/** An object used as a map: every member has the shape. */
export function mapOf(shape: Shape): Shape {
  return (value) => {
    if (!isObject(value)) return { pointer: '', wanted: 'an object', found: nameOf(value) }
    for (const [key, member] of Object.entries(value)) {
      const mismatch = member === undefined ? undefined : shape(member)
      if (mismatch !== undefined) return below(key, mismatch)
    }
    return undefined
  }
}

/** An object with these members; optional ones may be missing or null, members not named are not looked at. */
export function record(
  required: { readonly [key: string]: Shape },
  optional: { readonly [key: string]: Shape } = {},
): Shape {
  const must = Object.entries(required)
  const may = Object.entries(optional)
  return (value) => {
    if (!isObject(value)) return { pointer: '', wanted: 'an object', found: nameOf(value) }
    for (const [key, shape] of must) {
      const member = own(value, key)
      const mismatch = member === undefined ? { ...missing, wanted: wantedBy(shape) } : shape(member)
      if (mismatch !== undefined) return below(key, mismatch)
    }
    for (const [key, shape] of may) {
      const member = own(value, key)
      const mismatch = member === undefined || member === null ? undefined : shape(member)
      if (mismatch !== undefined) return below(key, mismatch)
    }
    return undefined
  }
}

/** Both shapes; the first is asked first. */
export function allOf(first: Shape, second: Shape): Shape {
  return (value) => first(value) ?? second(value)
}

/** A shape that refers to itself. */
export function lazily(shape: () => Shape): Shape {
  return (value) => shape()(value)
}

/** A shape that depends on the value: the exporter's own spelling, or a tag in it. */
export function dependingOn(choose: (value: JsonObject) => Shape): Shape {
  return (value) =>
    isObject(value) ? choose(value)(value) : { pointer: '', wanted: 'an object', found: nameOf(value) }
}

const missing = { pointer: '', found: 'nothing' } as const

function accepting(wanted: string, accepts: (value: Json) => boolean): Shape {
  return (value) => (accepts(value) ? undefined : { pointer: '', wanted, found: nameOf(value) })
}

/** What a shape asks for, learnt from its refusal of null, which no required member may be. */
function wantedBy(shape: Shape): string {
  return shape(null)?.wanted ?? 'a value'
}

function below(key: string | number, mismatch: Mismatch): Mismatch {
  return { ...mismatch, pointer: pointerStep(key) + mismatch.pointer }
}

function nameOf(value: Json): string {
  if (value === null) return 'null'
  if (value === '') return 'empty text'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    default:
      return Array.isArray(value) ? 'a list' : 'an object'
  }
}
