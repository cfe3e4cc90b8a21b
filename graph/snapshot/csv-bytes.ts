import type { Span } from './json-bytes.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const NEWLINE = 0x0a
const RETURN = 0x0d

/** The bytes of the header line and of one record (zero-based) of CSV text (RFC 4180); empty lines are no records. */
export function csvRecord(
  bytes: Uint8Array,
  record: number,
): { readonly header: Span; readonly record: Span } | undefined {
  let header: Span | undefined
  let left = record
  for (let at = 0; at < bytes.length;) {
    const line = lineAt(bytes, at)
    at = line.end + 1
    const span = { start: line.start, end: contentEnd(bytes, line) }
    if (span.end === span.start) continue
    if (header === undefined) header = span
    else if (left-- === 0) return { header, record: span }
  }
  return undefined
}

/** The bytes of a field of a record, quotes included. */
export function csvField(bytes: Uint8Array, record: Span, field: number): Span | undefined {
  let start = record.start
  let left = field
  let quoted = false
  for (let at = start; at <= record.end; at++) {
    const isEnd = at === record.end
    if (!isEnd && bytes[at] === QUOTE) quoted = !quoted
    if (!isEnd && (quoted || bytes[at] !== COMMA)) continue
    if (left-- === 0) return { start, end: at }
    start = at + 1
  }
  return undefined
}

/** A line that may have line breaks inside quotes, without the one that ends it. */
function lineAt(bytes: Uint8Array, start: number): Span {
  let quoted = false
  let at = start
  for (; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) quoted = !quoted
    else if (bytes[at] === NEWLINE && !quoted) break
  }
  return { start, end: at }
}

function contentEnd(bytes: Uint8Array, { start, end }: Span): number {
  return end > start && bytes[end - 1] === RETURN ? end - 1 : end
}
