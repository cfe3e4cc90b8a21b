import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'

/** A property under its camelCase name, or under the snake_case name of the same export's older form. */
export function either(object: JsonObject, camel: string): Json | undefined {
  return (
    own(object, camel) ??
    own(
      object,
      camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  )
}

export function eitherObject(object: JsonObject, camel: string): JsonObject | undefined {
  const value = either(object, camel)
  return isObject(value) ? value : undefined
}

export function eitherString(object: JsonObject, camel: string): string | undefined {
  const value = either(object, camel)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The spelling that `either` would find. */
export function spelling(object: JsonObject, camel: string): string {
  return Object.hasOwn(object, camel)
    ? camel
    : camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The strings of a list. */
export function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : []
}

/** A number or a string of digits, as the text of an id. */
export function idText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
