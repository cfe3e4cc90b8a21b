import { GomeisaError, isObject, type Json, own, ownString } from '../../graph/index.ts'
import type { Document } from './format.ts'

/** The part of a file that answers one call. */
export interface Part {
  /** The call, when the file holds answers of several. */
  readonly call?: string
  readonly document: Document
  readonly bytes: Uint8Array
}

/**
 * Splits JSON Lines that wrap the answers of several calls (`{call, parameters, response}`) by call. Each part keeps the
 * numbers of its lines: the lines of other calls are blank in it. Throws `INPUT_SHAPE` when each line names another call.
 */
export function partsOf(origin: string, document: Document, bytes: Uint8Array): readonly Part[] {
  if (document.format !== 'jsonl') return [{ document, bytes }]
  const calls = new Set(document.lines.flatMap((line) => (line === undefined ? [] : [callOf(line)])))
  if (calls.size < 2) return [{ document, bytes }]
  if (calls.size > MOST_CALLS) {
    throw new GomeisaError(
      'INPUT_SHAPE',
      `\`${origin}\` holds answers of more than ${MOST_CALLS} different calls`,
      {
        place: { file: origin, pointer: '/call' },
        remedy: 'write the operation into `call`, and what it was asked into `parameters` (docs/import.md)',
      },
    )
  }
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split('\n')
  return [...calls].map((call) => {
    const isOwn = (line: Json | undefined) => line !== undefined && callOf(line) === call
    const lines = document.lines.map((line) => (isOwn(line) ? line : undefined))
    const kept = texts.map((text, i) => (lines[i] === undefined ? '' : text))
    return { call, document: { format: 'jsonl', lines }, bytes: Buffer.from(kept.join('\n')) }
  })
}

/** No cloud's export asks so many; each costs a look at every line. */
const MOST_CALLS = 200

const COLLECTED = 'gomeisa collect'

/** The document that was split. */
export function joined(parts: readonly Part[]): Document {
  const lines: (Json | undefined)[] = []
  for (const { document } of parts) {
    if (document.format !== 'jsonl') continue
    for (const [i, line] of document.lines.entries()) lines[i] ??= line
  }
  return { format: 'jsonl', lines }
}

function callOf(line: Json): string {
  const isWrapper =
    isObject(line) && (own(line, 'response') !== undefined || own(line, 'error') !== undefined)
  const call = isWrapper ? ownString(line, 'call') : undefined
  if (!isWrapper || call === undefined) return ''
  // What the live collector put into one file belongs together.
  return ownString(line, 'account') === undefined ? call : COLLECTED
}
