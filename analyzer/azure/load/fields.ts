import type { Json, JsonObject } from '../../../graph/index.ts'
import { own, ownObject } from '../../../graph/index.ts'

/** A field of an ARM object: at its top, as the command line prints it, or under `properties`, as REST gives it. */
export function field(object: JsonObject, key: string): Json | undefined {
  const direct = own(object, key)
  if (direct !== undefined && direct !== null) return direct
  const properties = ownObject(object, 'properties')
  return properties === undefined ? undefined : own(properties, key)
}

export function text(object: JsonObject, key: string): string | undefined {
  const value = field(object, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function list(object: JsonObject, key: string): readonly Json[] {
  const value = field(object, key)
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

export function texts(object: JsonObject, key: string): string[] {
  return list(object, key).filter((item) => typeof item === 'string')
}
