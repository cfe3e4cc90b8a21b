import { type Gap, GomeisaError, isObject, type Json, own } from '../../graph/index.ts'
import { FORMATS } from './formats/registry.ts'
import type { ImportLimits } from './limits.ts'
import type { Entry } from './open/entry.ts'
import { parseCsv } from './read/csv.ts'
import { parseJson } from './read/json.ts'
import { readEntry } from './read/reading.ts'
import type { Refusal } from './refused/refusal.ts'
import { refusalInJson, refusalInText } from './refused/registry.ts'
import { type Part, partsOf } from './split.ts'

/** What a file is: answers of calls, a refused call, or nothing that is read. */
export type Interpretation =
  { readonly parts: readonly Part[] } | { readonly gap: Gap } | { readonly why: string }

/** Says what a file is. Throws as `readEntry` does for data that is broken. */
export function interpret(entry: Entry, limits: ImportLimits): Interpretation {
  const reading = readEntry(entry, limits)
  switch (reading.is) {
    case 'nothing':
      return { why: reading.why }
    case 'csv': {
      if (!FORMATS.some((format) => format.recognises(reading.header)))
        return { why: 'CSV of no format that is known' }
      return { parts: [{ document: parseCsv(entry.origin, reading.bytes), bytes: reading.bytes }] }
    }
    case 'document': {
      const { document, bytes } = reading
      const refusal =
        document.format === 'json' && !isAnswer(document.root) ? refusalInJson(document.root) : undefined
      return refusal === undefined
        ? { parts: partsOf(entry.origin, document, bytes) }
        : said(refusal, entry, limits)
    }
    case 'text': {
      const refusal = refusalInText(reading.text)
      return refusal === undefined ? plainText(entry, reading.text) : said(refusal, entry, limits)
    }
  }
}

/** A wrapper that keeps an answer is one, whatever stands beside it. */
function isAnswer(root: Json): boolean {
  return isObject(root) && own(root, 'call') !== undefined && own(root, 'response') !== undefined
}

function said(refusal: Refusal, { origin }: Entry, limits: ImportLimits): Interpretation {
  if ('gap' in refusal) return refusal
  const bytes = Buffer.from(refusal.answer)
  return { parts: [{ document: parseJson(origin, bytes, limits), bytes }] }
}

function plainText({ origin }: Entry, text: string): Interpretation {
  if (text.trim() === '') return { why: 'an empty file: the command that should fill it failed' }
  if (!/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.test(origin)) {
    return { why: 'text, neither JSON nor CSV of a format that is known' }
  }
  throw new GomeisaError('INPUT_SYNTAX', `\`${origin}\` is not JSON: expected \`{\` or \`[\``, {
    place: { file: origin, line: 1, column: 1 },
    remedy: 'export it again, and write nothing else into the file',
  })
}
