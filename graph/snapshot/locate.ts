import type { Json } from '../model/json.ts'
import { isObject, own } from '../model/json.ts'
import { csvLibrary } from './csv.ts'
import { csvField, csvRecord } from './csv-bytes.ts'
import { findInJson, type Span } from './json-bytes.ts'
import type { Source } from './snapshot.ts'

/** Where a value stands in a file: lines and columns count from 1, columns in UTF-16 code units as editors count them. */
export interface Location {
  readonly line: number
  readonly column: number
  readonly endLine: number
}

/**
 * Where the value that a pointer names (`SourceRef.pointer`) stands in the bytes of its source; nothing when the pointer
 * leads nowhere. A pointer may go on inside a string that is JSON, or URL-encoded JSON (policy documents): the
 * location is that of the string.
 */
export function locate(bytes: Uint8Array, format: Source['format'], pointer: string): Location | undefined {
  const found = find(bytes, format, pointer)
  if (found === undefined) return undefined
  const { start, end } = found.span
  if (found.value !== undefined && found.value() === undefined) return undefined
  const line = lineOf(bytes, 0, start, 1)
  return {
    line,
    column: columnOf(bytes, start),
    endLine: lineOf(bytes, start, Math.max(start, end - 1), line),
  }
}

/**
 * The value that a pointer names, as indented JSON of at most `maxLines` lines; what is left out is counted in the last
 * one. Strings that hold an object or a list as JSON are opened.
 */
export function excerpt(
  bytes: Uint8Array,
  format: Source['format'],
  pointer: string,
  maxLines = 60,
): string | undefined {
  const found = find(bytes, format, pointer)
  if (found === undefined) return undefined
  const value = found.value === undefined ? parsed(textOf(bytes, found.span)) : found.value()
  if (value === undefined) return undefined
  const inner = typeof value === 'string' ? opened(value) : undefined
  const lines = JSON.stringify(typeof inner === 'object' ? inner : value, null, 2).split('\n')
  if (lines.length <= maxLines) return lines.join('\n')
  const kept = lines.slice(0, Math.max(maxLines - 1, 0))
  return [...kept, `… ${lines.length - kept.length} more lines`].join('\n')
}

/** A place, and the value there when it is not simply the JSON of the place. */
interface Found {
  readonly span: Span
  value?(): Json | undefined
}

function find(bytes: Uint8Array, format: Source['format'], pointer: string): Found | undefined {
  const steps = stepsOf(pointer)
  if (steps === undefined) return undefined
  if (format === 'json') return inJson(bytes, { start: 0, end: bytes.length }, steps)
  const [first, ...rest] = steps
  if (first === undefined) return { span: { start: 0, end: bytes.length } }
  if (!/^\d+$/.test(first)) return undefined
  if (format === 'csv') return inCsv(bytes, Number(first), rest)
  const line = lineSpan(bytes, Number(first))
  return line === undefined ? undefined : inJson(bytes, line, rest)
}

function stepsOf(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  const steps = pointer.slice(1).split('/')
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function inJson(bytes: Uint8Array, within: Span, steps: readonly string[]): Found | undefined {
  const found = findInJson(bytes, within.start, within.end, steps)
  if (found === undefined || found.span.start === found.span.end) return undefined
  const { span, rest } = found
  if (rest.length === 0) return { span }
  return { span, value: () => inside(parsed(textOf(bytes, span)), rest) }
}

function inCsv(bytes: Uint8Array, record: number, steps: readonly string[]): Found | undefined {
  const lines = csvRecord(bytes, record)
  if (lines === undefined) return undefined
  const text = `${textOf(bytes, lines.header)}\n${textOf(bytes, lines.record)}`
  const value = () =>
    inside(csvLibrary().parse<{ [column: string]: string }>(text, { columns: true })[0], steps)
  const [column] = steps
  if (column === undefined) return { span: lines.record, value }
  const [header = []]: string[][] = csvLibrary().parse(textOf(bytes, lines.header))
  const span = csvField(bytes, lines.record, header.indexOf(column))
  return span === undefined ? undefined : { span, value }
}

/** Goes on from a value, opening strings that are JSON. */
function inside(root: Json | undefined, steps: readonly string[]): Json | undefined {
  let value = root
  for (const step of steps) {
    if (typeof value === 'string') value = opened(value)
    if (Array.isArray(value))
      value = /^(?:0|[1-9]\d*)$/.test(step) ? (value as readonly Json[])[Number(step)] : undefined
    else if (isObject(value)) value = own(value, step)
    else return undefined
  }
  return value
}

/** JSON in a string, as it is or URL-encoded (RFC 3986), as AWS writes policy documents. */
function opened(text: string): Json | undefined {
  try {
    return parsed(text) ?? parsed(decodeURIComponent(text))
  } catch {
    return undefined
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function textOf(bytes: Uint8Array, { start, end }: Span): string {
  return decoder.decode(bytes.subarray(start, end))
}

const NEWLINE = 0x0a

/** The bytes of a line (zero-based), as `rowsOf` counts lines. */
function lineSpan(bytes: Uint8Array, line: number): Span | undefined {
  let start = 0
  for (let left = line; left > 0; left--) {
    const next = bytes.indexOf(NEWLINE, start)
    if (next === -1) return undefined
    start = next + 1
  }
  const end = bytes.indexOf(NEWLINE, start)
  return { start, end: end === -1 ? bytes.length : end }
}

/** The number of the line that `at` is in, given that `from` is in `line`. */
function lineOf(bytes: Uint8Array, from: number, at: number, line: number): number {
  let lines = line
  for (let i = from; i < at; i++) if (bytes[i] === NEWLINE) lines++
  return lines
}

function columnOf(bytes: Uint8Array, at: number): number {
  const lineStart = at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1
  let column = 1
  for (let i = lineStart; i < at; i++) {
    const byte = bytes[i] ?? 0
    if ((byte & 0xc0) !== 0x80) column += byte >= 0xf0 ? 2 : 1
  }
  return column
}

const decoder = new TextDecoder()
