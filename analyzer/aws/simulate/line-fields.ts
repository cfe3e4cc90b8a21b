const QUOTE = 34
const BACKSLASH = 92
const OPEN_LIST = 91
const CLOSE_LIST = 93
const OPEN = 123
const CLOSE = 125
const COLON = 58
const COMMA = 44

/** Where the value of a field stands in a line: bytes from and to. */
export interface FieldSpan {
  readonly name: string
  readonly from: number
  readonly to: number
}

/**
 * The fields of a JSON object in bytes, found without parsing their values, so that values that were seen before need not
 * be parsed again. `undefined` when the bytes are not such an object, or not a plain one (names with escapes, a name
 * twice). `previous`: objects and lists that stood in an earlier line, which are likely to stand here again. The values themselves may still be no JSON: parsing them tells.
 */
export function fieldsOf(
  line: Buffer,
  previous: ReadonlyMap<string, Buffer>,
): readonly FieldSpan[] | undefined {
  const fields: FieldSpan[] = []
  let at = skipSpace(line, 0)
  if (line[at] !== OPEN) return undefined
  at = skipSpace(line, at + 1)
  if (line[at] === CLOSE) return skipSpace(line, at + 1) === line.length ? fields : undefined
  while (line[at] === QUOTE) {
    const close = line.indexOf(QUOTE, at + 1)
    if (close < 0) return undefined
    const name = line.toString('latin1', at + 1, close)
    if (name.includes('\\') || fields.some((field) => field.name === name)) return undefined
    at = skipSpace(line, close + 1)
    if (line[at] !== COLON) return undefined
    at = skipSpace(line, at + 1)
    const same = lengthOfSame(line, at, previous.get(name))
    const to = same > 0 ? at + same : endOfValue(line, at)
    if (to <= at) return undefined
    fields.push({ name, from: at, to })
    at = skipSpace(line, to)
    if (line[at] === CLOSE) return skipSpace(line, at + 1) === line.length ? fields : undefined
    if (line[at] !== COMMA) return undefined
    at = skipSpace(line, at + 1)
  }
  return undefined
}

/** The length of a value that stands at a place; 0: it does not. An object or a list ends where it ends, whatever follows. */
function lengthOfSame(line: Buffer, from: number, value: Buffer | undefined): number {
  if (value === undefined || from + value.length > line.length) return 0
  return line.compare(value, 0, value.length, from, from + value.length) === 0 ? value.length : 0
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
