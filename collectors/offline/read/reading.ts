import type { Document } from '../format.ts'
import type { ImportLimits } from '../limits.ts'
import { fileTooLarge } from '../open/budget.ts'
import type { Entry } from '../open/entry.ts'
import { csvHeader } from './csv.ts'
import { isText, toUtf8 } from './encoding.ts'
import { looksLikeJson, parseJson } from './json.ts'

/** What the bytes of a file are, before anybody knows what they mean. `bytes` are UTF-8 without byte order mark. */
export type Reading =
  | { readonly is: 'document'; readonly document: Document; readonly bytes: Uint8Array }
  /** Its first line may be a header: to be parsed when a format recognises it. */
  | { readonly is: 'csv'; readonly header: Document; readonly bytes: Uint8Array }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'nothing'; readonly why: string }

/**
 * Reads one file by its content. Files that do not look like data (pictures, pages) are `nothing`; data that is broken
 * throws `INPUT_ENCODING`, `INPUT_SYNTAX`, `INPUT_TOO_DEEP`, `INPUT_TOO_LARGE` or `INPUT_SHAPE` with its place.
 */
export function readEntry({ origin, bytes: raw }: Entry, limits: ImportLimits): Reading {
  if (raw.byteLength === 0)
    return { is: 'nothing', why: 'an empty file: the command that should fill it failed' }
  if (raw.byteLength > limits.fileBytes) throw fileTooLarge(origin, raw.byteLength, limits)
  const isNamedData = /\.(?:json|jsonl|ndjson|csv)(?:\.gz)?$/i.test(origin)
  if (!isNamedData && !looksLikeJson(raw) && !isText(raw))
    return { is: 'nothing', why: 'neither text nor archive' }
  const bytes = toUtf8(origin, raw)
  if (looksLikeJson(bytes)) return { is: 'document', document: parseJson(origin, bytes, limits), bytes }
  const header = csvHeader(bytes)
  if (header !== undefined) return { is: 'csv', header, bytes }
  return { is: 'text', text: Buffer.from(bytes.subarray(0, TEXT_BYTES)).toString('utf8') }
}

/** An error message of a command stands at the start of its output. */
const TEXT_BYTES = 64 * 1024
