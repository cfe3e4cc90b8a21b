import { isObject, type Json, type JsonObject } from '../../graph/index.ts'

/** Names that the generated client adds to say which alternative is set (`oneof`); no part of the message. */
const MARKS = new Set(['parentFullResourceNameOneof', 'accessContextPolicy', 'kind'])

/**
 * What the gRPC client gives, as the JSON that the REST interface gives of it (https://protobuf.dev/programming-guides/json/):
 * no members without a value, `Struct` as an object, `Timestamp` as a text; bytes, which are fingerprints only, are left out.
 */
export function plain(message: unknown): Json {
  if (message === null || message === undefined) return null
  if (typeof message === 'string' || typeof message === 'boolean') return message
  if (typeof message === 'number') return Number.isFinite(message) ? message : null
  if (typeof message !== 'object' || ArrayBuffer.isView(message)) return null
  if (Array.isArray(message)) return message.map(plain)
  const fields = Object.entries(message as Readonly<Record<string, unknown>>)
  const one = fields.length === 1 ? fields[0] : undefined
  if (one?.[0] === 'fields') return structOf(one[1])
  if (isTimestamp(fields)) return instantOf(message as { readonly seconds: unknown; readonly nanos: unknown })
  const kept = fields.flatMap(([name, value]): [string, Json][] => {
    const inner = MARKS.has(name) ? null : plain(value)
    return isEmpty(inner) ? [] : [[name, inner]]
  })
  return Object.fromEntries(kept)
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function isTimestamp(fields: readonly (readonly [string, unknown])[]): boolean {
  return fields.length === 2 && fields.every(([name]) => name === 'seconds' || name === 'nanos')
}

function instantOf({ seconds }: { readonly seconds: unknown }): string {
  const milliseconds = Number(seconds) * 1000
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString().replace('.000Z', 'Z') : ''
}

/** `google.protobuf.Struct`: `fields` of `Value`, which has one of six members. */
function structOf(fields: unknown): JsonObject {
  if (fields === null || typeof fields !== 'object') return {}
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, valueOf(value)]))
}

function valueOf(value: unknown): Json {
  if (value === null || typeof value !== 'object') return null
  const members = new Map(Object.entries(value))
  for (const name of ['stringValue', 'numberValue', 'boolValue']) {
    const found: unknown = members.get(name)
    if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') return found
  }
  const struct: unknown = members.get('structValue')
  if (isFieldsHolder(struct)) return structOf(struct.fields)
  const list: unknown = members.get('listValue')
  if (typeof list === 'object' && list !== null && 'values' in list && Array.isArray(list.values)) {
    return list.values.map(valueOf)
  }
  return null
}

function isFieldsHolder(value: unknown): value is { readonly fields: unknown } {
  return typeof value === 'object' && value !== null && 'fields' in value
}

/** An answer as an object; an empty one when it is none. */
export function plainObject(message: unknown): JsonObject {
  const value = plain(message)
  return isObject(value) ? value : {}
}
