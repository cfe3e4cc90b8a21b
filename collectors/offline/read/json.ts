import { GomeisaError, type Json, type Place } from '../../../graph/index.ts'
import type { Document } from '../format.ts'
import type { ImportLimits } from '../limits.ts'
import { findPrototypeKey, mayHavePrototypeKey } from './own-keys.ts'
import { placeAt } from './place.ts'
import { scanBrackets, scanLines } from './scan.ts'
import { findSyntaxProblem } from './syntax.ts'

/** Whether text (UTF-8) begins like a JSON object, or like a JSON list of what exports list. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{"\]]|$))/.test(text(bytes.subarray(0, 2_000)))
}

/**
 * Parses UTF-8 text as one JSON document or, when more follows the first on other lines, as JSON Lines.
 * Throws `INPUT_TOO_LARGE`, `INPUT_TOO_DEEP`, `INPUT_SYNTAX` or (a hostile key) `INPUT_SHAPE`, each with its place.
 */
export function parseJson(origin: string, bytes: Uint8Array, limits: ImportLimits): Document {
  scanLines(origin, bytes, limits)
  const { firstEnd } = scanBrackets(origin, bytes, limits)
  const isSuspicious = mayHavePrototypeKey(bufferOf(bytes))
  if (firstEnd === -1 || isBlank(bytes, firstEnd)) {
    const root = parse(origin, bytes, 0, bytes.byteLength)
    if (isSuspicious) refusePrototypeKey(origin, root, {})
    return { format: 'json', root }
  }
  if (bytes.subarray(firstOf(bytes), firstEnd).includes(LINE_FEED))
    throw secondDocument(origin, bytes, firstEnd)
  const lines: (Json | undefined)[] = []
  for (let start = 0; start <= bytes.byteLength;) {
    const found = bytes.indexOf(LINE_FEED, start)
    const end = found === -1 ? bytes.byteLength : found
    const value = isBlank(bytes, start, end) ? undefined : parse(origin, bytes, start, end)
    if (isSuspicious && value !== undefined) refusePrototypeKey(origin, value, { line: lines.length + 1 })
    lines.push(value)
    start = end + 1
  }
  return { format: 'jsonl', lines }
}

function parse(origin: string, bytes: Uint8Array, start: number, end: number): Json {
  const part = bytes.subarray(start, end)
  try {
    return JSON.parse(text(part)) as Json
  } catch (cause) {
    const problem = findSyntaxProblem(part)
    if (problem === undefined) throw cause
    throw new GomeisaError('INPUT_SYNTAX', `\`${origin}\` is not JSON: ${problem.says}`, {
      place: placeAt(origin, bytes, start + problem.offset),
      remedy: problem.isCutOff
        ? 'the file is cut off: export it again'
        : 'export it again, and write nothing else into the file',
      cause,
    })
  }
}

function secondDocument(origin: string, bytes: Uint8Array, firstEnd: number): GomeisaError {
  return new GomeisaError('INPUT_SYNTAX', `\`${origin}\` goes on after its first JSON document`, {
    place: placeAt(origin, bytes, firstOf(bytes, firstEnd)),
    remedy:
      'write one answer into one file, or make it JSON Lines (`jq -c . FILE > NEW.jsonl`) if all are of one call',
  })
}

function refusePrototypeKey(origin: string, value: Json, where: Omit<Place, 'file' | 'pointer'>): void {
  const pointer = findPrototypeKey(value)
  if (pointer === undefined) return
  throw new GomeisaError('INPUT_SHAPE', `\`${origin}\` has a key \`__proto__\``, {
    place: { file: origin, ...where, pointer },
    remedy: 'this is no genuine export: find out where the file comes from',
  })
}

/** The offset of the first byte that is no white space. */
function firstOf(bytes: Uint8Array, from = 0): number {
  let offset = from
  while (offset < bytes.byteLength && isBlank(bytes, offset, offset + 1)) offset++
  return offset
}

function isBlank(bytes: Uint8Array, start: number, end: number = bytes.byteLength): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return false
  }
  return true
}

function text(bytes: Uint8Array): string {
  return bufferOf(bytes).toString('utf8')
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const LINE_FEED = 10
