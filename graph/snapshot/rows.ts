import type { Json, JsonObject } from '../model/json.ts'
import { atPointer, isObject, own } from '../model/json.ts'
import type { SourceRef } from '../model/evidence.ts'
import { csvLibrary } from './csv.ts'
import type { Source } from './snapshot.ts'

/**
 * One record of a source. `parameters` are those of the call when the source wraps answers (`{call, parameters, response}`);
 * an empty answer gives one row whose value is null, so that it is known of what it was asked: a group without members.
 */
export interface Row {
  readonly value: Json
  readonly at: SourceRef
  readonly parameters?: JsonObject
}

/** A source as JSON: one document, or the lines by their numbers, blank ones `undefined`. */
export type ParsedContent =
  | { readonly format: 'json'; readonly root: Json }
  | { readonly format: 'jsonl'; readonly lines: readonly (Json | undefined)[] }

/** The records of a source that is parsed, in order. */
export function* parsedRows(source: Source, index: number, parsed: ParsedContent): Generator<Row> {
  if (parsed.format === 'json') {
    yield* rowsIn(parsed.root, source.rowsAt, index, '')
    return
  }
  for (const [line, value] of parsed.lines.entries())
    if (value !== undefined) yield* rowsIn(value, source.rowsAt, index, `/${line}`)
}

/**
 * The records of a source, in order. The bytes were checked when they were imported, so a parse error here is a bug.
 * CSV records become objects by header name.
 */
export function* rowsOf(source: Source, index: number, bytes: Uint8Array): Generator<Row> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (source.format === 'csv') {
    const records = csvLibrary().parse<JsonObject>(text, { columns: true, skip_empty_lines: true })
    for (const [i, value] of records.entries()) yield { value, at: { source: index, pointer: `/${i}` } }
    return
  }
  if (source.format === 'json') {
    yield* rowsIn(JSON.parse(text) as Json, source.rowsAt, index, '')
    return
  }
  let line = 0
  for (const content of text.split('\n')) {
    if (content.trim() !== '') yield* rowsIn(JSON.parse(content) as Json, source.rowsAt, index, `/${line}`)
    line++
  }
}

function* rowsIn(document: Json, rowsAt: string, source: number, base: string): Generator<Row> {
  const given = isObject(document) && rowsAt.startsWith('/response') ? own(document, 'parameters') : undefined
  const parameters = isObject(given) ? { parameters: given } : {}
  const there = atPointer(document, rowsAt)
  const found = there === undefined && isObject(given) ? omittedList(document) : there
  if (found === undefined) return
  if (!Array.isArray(found)) {
    yield { value: found, at: { source, pointer: base + rowsAt }, ...parameters }
    return
  }
  if (found.length === 0 && isObject(given))
    yield { value: null, at: { source, pointer: base + rowsAt }, ...parameters }
  for (const [i, value] of (found as readonly Json[]).entries()) {
    yield { value, at: { source, pointer: `${base}${rowsAt}/${i}` }, ...parameters }
  }
}

/** The list that an empty answer `{}` stands for: Google's REST interfaces leave an empty list out. */
function omittedList(document: Json): Json | undefined {
  const response = atPointer(document, '/response')
  return isObject(response) && Object.keys(response).length === 0 ? [] : undefined
}
