import {
  JSON_BACKSLASH,
  JSON_CLOSE_LIST,
  JSON_CLOSE_OBJECT,
  JSON_COMMA,
  JSON_OPEN_LIST,
  JSON_OPEN_OBJECT,
  JSON_QUOTE,
  isJsonBlank,
} from './json-punctuation.ts'

/** From the first byte of something to the byte after its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where the steps of a pointer lead: to `span`, or to a string there that `rest` goes on into. */
export interface Found {
  readonly span: Span
  readonly rest: readonly string[]
}

/**
 * Follows the steps of a JSON pointer (unescaped) through JSON text in UTF-8 from the value at `start`, reading bytes
 * once a level and building nothing. Of members with equal keys the last counts, as in `JSON.parse`. The text is
 * well-formed (it was checked when it was imported); of other text the outcome is some place or none.
 */
export function findInJson(
  bytes: Uint8Array,
  start: number,
  end: number,
  steps: readonly string[],
): Found | undefined {
  let at = blanks(bytes, start, end)
  for (const [depth, step] of steps.entries()) {
    const first = bytes[at]
    if (first === JSON_QUOTE)
      return { span: { start: at, end: stringEnd(bytes, at, end) }, rest: steps.slice(depth) }
    const next =
      first === JSON_OPEN_OBJECT
        ? member(bytes, at, end, step)
        : first === JSON_OPEN_LIST
          ? element(bytes, at, end, step)
          : undefined
    if (next === undefined) return undefined
    at = next
  }
  return { span: { start: at, end: valueEnd(bytes, at, end) }, rest: [] }
}

/** Where the value of a member starts, of the object at `start`. */
function member(bytes: Uint8Array, start: number, end: number, key: string): number | undefined {
  const wanted = encoder.encode(key)
  let found: number | undefined
  let at = blanks(bytes, start + 1, end)
  while (at < end && bytes[at] === JSON_QUOTE) {
    const keyEnd = stringEnd(bytes, at, end)
    const value = blanks(bytes, blanks(bytes, keyEnd, end) + 1, end)
    if (isKey(bytes, at + 1, keyEnd - 1, wanted, key)) found = value
    at = blanks(bytes, valueEnd(bytes, value, end), end)
    if (bytes[at] !== JSON_COMMA) break
    at = blanks(bytes, at + 1, end)
  }
  return found
}

/** Where an element starts, of the list at `start`. */
function element(bytes: Uint8Array, start: number, end: number, step: string): number | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(step)) return undefined
  let at = blanks(bytes, start + 1, end)
  for (let left = Number(step); at < end && bytes[at] !== JSON_CLOSE_LIST; left--) {
    if (left === 0) return at
    at = blanks(bytes, valueEnd(bytes, at, end), end)
    if (bytes[at] !== JSON_COMMA) return undefined
    at = blanks(bytes, at + 1, end)
  }
  return undefined
}

/** Whether the bytes of a key, which may have escapes in them, spell `key`. */
function isKey(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array, key: string): boolean {
  let same = end - start === wanted.length
  for (let i = start; i < end; i++) {
    if (bytes[i] === JSON_BACKSLASH) return spelled(bytes, start - 1, end + 1) === key
    same &&= bytes[i] === wanted[i - start]
  }
  return same
}

/** The byte after the value that starts at `start`. */
function valueEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]
  if (first === JSON_QUOTE) return stringEnd(bytes, start, end)
  if (first === JSON_OPEN_OBJECT || first === JSON_OPEN_LIST) return containerEnd(bytes, start, end)
  let at = start
  while (at < end && !isAfterScalar(bytes[at])) at++
  return at
}

function containerEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0
  for (let at = start; at < end; at++) {
    switch (bytes[at]) {
      case JSON_QUOTE:
        at = stringEnd(bytes, at, end) - 1
        break
      case JSON_OPEN_OBJECT:
      case JSON_OPEN_LIST:
        depth++
        break
      case JSON_CLOSE_OBJECT:
      case JSON_CLOSE_LIST:
        depth--
        if (depth === 0) return at + 1
        break
      default:
    }
  }
  return end
}

function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1
  while (at < end) {
    const byte = bytes[at]
    if (byte === JSON_QUOTE) return at + 1
    at += byte === JSON_BACKSLASH ? 2 : 1
  }
  return end
}

/** The text of a JSON string, given with its quotes. */
function spelled(bytes: Uint8Array, start: number, end: number): unknown {
  return JSON.parse(decoder.decode(bytes.subarray(start, end)))
}

function blanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isJsonBlank(bytes[at])) at++
  return at
}

function isAfterScalar(byte: number | undefined): boolean {
  return byte === JSON_COMMA || byte === JSON_CLOSE_LIST || byte === JSON_CLOSE_OBJECT || isJsonBlank(byte)
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()
