import type { Json, JsonObject } from '../../graph/index.ts'
import { isObject, own } from '../../graph/index.ts'

/** A policy document as exports give it: an object, its JSON text, or its URL-encoded JSON text (RFC 3986); `undefined` for anything else. */
export function rawDocument(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return value
  if (typeof value !== 'string') return undefined
  const parsed = parseJson(value) ?? parseJson(decodePercent(value))
  return isObject(parsed) ? parsed : undefined
}

/** A row that may be an object or the JSON text of one (AWS Config gives its results as texts). */
export function rawObject(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return value
  const parsed = typeof value === 'string' ? parseJson(value) : undefined
  return isObject(parsed) ? parsed : undefined
}

/** A value that may be one text or a list of texts; anything else in it is left out. */
export function textList(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  return (value as readonly Json[]).filter((item) => typeof item === 'string')
}

/** Tags in AWS's two spellings, a list of `{Key, Value}` or an object, as pairs sorted by key. */
export function rawTags(value: Json | undefined): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = []
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      if (!isObject(item)) continue
      const key = own(item, 'Key') ?? own(item, 'key')
      const text = own(item, 'Value') ?? own(item, 'value')
      if (typeof key === 'string' && typeof text === 'string') pairs.push([key, text])
    }
  } else if (isObject(value)) {
    for (const [key, text] of Object.entries(value)) if (typeof text === 'string') pairs.push([key, text])
  }
  return pairs.length < 2 ? pairs : pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
}

function parseJson(text: string | undefined): Json | undefined {
  if (text === undefined || !/^\s*\{/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
