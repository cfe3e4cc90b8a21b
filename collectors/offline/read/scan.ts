import {
  GomeisaError,
  JSON_BACKSLASH,
  JSON_CLOSE_LIST,
  JSON_CLOSE_OBJECT,
  JSON_OPEN_LIST,
  JSON_OPEN_OBJECT,
  JSON_QUOTE,
} from '../../../graph/index.ts'
import type { ImportLimits } from '../limits.ts'
import { megabytes } from '../limits.ts'
import { placeAt } from './place.ts'

/** What a look over the brackets of JSON text shows. */
export interface Scan {
  /** Offset after the first list or object that closes; -1 when none does. */
  readonly firstEnd: number
}

/**
 * Counts brackets without parsing, before any parser sees the text: throws `INPUT_TOO_DEEP` where lists and objects
 * nest deeper than the limit. The text may be broken JSON; strings are skipped.
 */
export function scanBrackets(origin: string, bytes: Uint8Array, limits: ImportLimits): Scan {
  const end = bytes.length
  let depth = 0
  let firstEnd = -1
  for (let i = 0; i < end; i++) {
    const byte = bytes[i]
    if (byte === JSON_QUOTE) {
      while (++i < end) {
        const inside = bytes[i]
        if (inside === JSON_QUOTE) break
        if (inside === JSON_BACKSLASH) i++
      }
    } else if (byte === JSON_OPEN_OBJECT || byte === JSON_OPEN_LIST) {
      if (++depth > limits.jsonDepth) throw tooDeep(origin, bytes, i, limits)
    } else if (byte === JSON_CLOSE_OBJECT || byte === JSON_CLOSE_LIST) {
      if (--depth === 0 && firstEnd === -1) firstEnd = i + 1
    }
  }
  return { firstEnd }
}

/** Whether brackets nest deeper than `limit` in JSON text that stands inside a string of another document. */
export function isDeeper(text: string, limit: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === JSON_QUOTE) {
      while (++i < text.length && text.charCodeAt(i) !== JSON_QUOTE)
        if (text.charCodeAt(i) === JSON_BACKSLASH) i++
    } else if (unit === JSON_OPEN_OBJECT || unit === JSON_OPEN_LIST) {
      if (++depth > limit) return true
    } else if (unit === JSON_CLOSE_OBJECT || unit === JSON_CLOSE_LIST) depth--
  }
  return false
}

/** Throws `INPUT_TOO_LARGE` with the number of the first line that is longer than the limit. */
export function scanLines(origin: string, bytes: Uint8Array, limits: ImportLimits): void {
  if (bytes.byteLength <= limits.lineBytes) return
  let line = 1
  for (let start = 0; start < bytes.byteLength; line++) {
    const found = bytes.indexOf(LINE_FEED, start)
    const end = found === -1 ? bytes.byteLength : found
    if (end - start > limits.lineBytes) {
      const [is, may] = [megabytes(end - start), megabytes(limits.lineBytes)]
      throw new GomeisaError(
        'INPUT_TOO_LARGE',
        `line ${line} of \`${origin}\` has ${is}, a line may have ${may}`,
        {
          place: { file: origin, line },
          remedy:
            'if it is a genuine export that was written without line breaks, break it: `jq . FILE > NEW`',
        },
      )
    }
    start = end + 1
  }
}

function tooDeep(origin: string, bytes: Uint8Array, offset: number, limits: ImportLimits): GomeisaError {
  return new GomeisaError(
    'INPUT_TOO_DEEP',
    `\`${origin}\` nests JSON deeper than ${limits.jsonDepth} levels`,
    {
      place: placeAt(origin, bytes, offset),
      remedy: 'this is no genuine export: find out where the file comes from',
    },
  )
}

const LINE_FEED = 10
