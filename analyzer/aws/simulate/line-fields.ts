import type { ByteCache, Kept } from './byte-cache.ts'

const QUOTE = 34
const BACKSLASH = 92
const OPEN_LIST = 91
const CLOSE_LIST = 93
const OPEN = 123
const CLOSE = 125
const COLON = 58
const COMMA = 44

/** Where the value of a field stands in a line, bytes from and to; `kept`: what is remembered of it. */
export interface FieldSpan {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly kept: Kept<unknown> | undefined
}

/** Names of fields, so that those of a line need not be decoded. */
export class FieldNames {
  private readonly byLength: readonly (readonly { readonly name: string; readonly bytes: Buffer }[])[]

  constructor(names: readonly string[]) {
    const longest = Math.max(...names.map((name) => name.length))
    this.byLength = Array.from({ length: longest + 1 }, (_, length) =>
      names.filter((name) => name.length === length).map((name) => ({ name, bytes: Buffer.from(name) })),
    )
  }

  /** The name that stands in a range of bytes; one that is not known is decoded. */
  at(line: Buffer, from: number, to: number): string {
    for (const { name, bytes } of this.byLength[to - from] ?? []) {
      let i = 0
      while (i < bytes.length && bytes[i] === line[from + i]) i++
      if (i === bytes.length) return name
    }
    return line.toString('utf8', from, to)
  }
}

/**
 * The fields of a JSON object in bytes, found without parsing their values, so that values that were seen before need not
 * be parsed again. `undefined` when the bytes are not such an object, or not a plain one (names with escapes, a name
 * twice). The values themselves may still be no JSON: parsing them tells.
 */
export function fieldsOf(
  line: Buffer,
  names: FieldNames,
  caches: ReadonlyMap<string, ByteCache<unknown>>,
): readonly FieldSpan[] | undefined {
  const fields: FieldSpan[] = []
  let at = skipSpace(line, 0)
  if (line[at] !== OPEN) return undefined
  at = skipSpace(line, at + 1)
  if (line[at] === CLOSE) return skipSpace(line, at + 1) === line.length ? fields : undefined
  while (line[at] === QUOTE) {
    const start = at + 1
    while (++at < line.length && line[at] !== QUOTE) if (line[at] === BACKSLASH) return undefined
    const name = names.at(line, start, at)
    for (const field of fields) if (field.name === name) return undefined
    at = skipSpace(line, at + 1)
    if (line[at] !== COLON) return undefined
    at = skipSpace(line, at + 1)
    const kept = caches.get(name)?.at(line, at)
    const to = kept === undefined ? endOfValue(line, at) : at + kept.bytes.length
    if (to <= at) return undefined
    fields.push({ name, from: at, to, kept })
    at = skipSpace(line, to)
    if (line[at] === CLOSE) return skipSpace(line, at + 1) === line.length ? fields : undefined
    if (line[at] !== COMMA) return undefined
    at = skipSpace(line, at + 1)
  }
  return undefined
}

function skipSpace(line: Buffer, from: number): number {
  let at = from
  for (let code = line[at]; code === 32 || code === 9 || code === 13; code = line[++at]);
  return at
}

/** The place behind the value that begins at a place: its bracket, its quote or its last character; -1 where it does not end. */
function endOfValue(line: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < line.length; at++) {
    const code = line[at] ?? 0
    if (code === QUOTE) {
      for (at++; at < line.length && line[at] !== QUOTE; at++) if (line[at] === BACKSLASH) at++
      if (at >= line.length) return -1
      if (depth === 0) return at + 1
    } else if (code === OPEN || code === OPEN_LIST) depth++
    else if (code === CLOSE || code === CLOSE_LIST) {
      if (depth === 0) return at
      if (--depth === 0) return at + 1
    } else if (depth === 0 && (code === COMMA || code <= 32)) return at
  }
  return -1
}
