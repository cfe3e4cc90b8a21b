import { GomeisaError } from '../../../graph/index.ts'
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
    if (byte === QUOTE) {
      while (++i < end) {
        const inside = bytes[i]
        if (inside === QUOTE) break
        if (inside === BACKSLASH) i++
      }
    } else if (byte === OBJECT || byte === LIST) {
      if (++depth > limits.jsonDepth) throw tooDeep(origin, bytes, i, limits)
    } else if (byte === OBJECT_END || byte === LIST_END) {
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
    if (unit === QUOTE) {
      while (++i < text.length && text.charCodeAt(i) !== QUOTE) if (text.charCodeAt(i) === BACKSLASH) i++
    } else if (unit === OBJECT || unit === LIST) {
      if (++depth > limit) return true
    } else if (unit === OBJECT_END || unit === LIST_END) depth--
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
const QUOTE = 34
const LIST = 91
const BACKSLASH = 92
const LIST_END = 93
const OBJECT = 123
const OBJECT_END = 125
