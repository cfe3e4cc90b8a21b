import { isObject, type Json, ownString, type SourceKind } from '../../../../graph/index.ts'
import { nameOf } from '../../../aws/calls/call.ts'
import { CALLS } from '../../../aws/calls/table.ts'
import type { Document, Format } from '../../format.ts'
import { counted } from '../../listing.ts'
import { anyObject, record, text } from '../../record-shape.ts'

/**
 * Answers that the live collector keeps together with their questions: `{call, account, region, parameters, response}`, the
 * response null when there is nothing of the kind. A row is the whole line, for what an answer means depends on what was
 * asked, of whom and where.
 */
export const answers: Format = collected('aws.answers')

/** The same, of when permissions were last used; apart, because no answer of today needs it and it is long. */
export const usage: Format = collected('aws.usage')

const shape = record({ call: text, account: text, region: text, parameters: anyObject })

function collected(kind: SourceKind): Format {
  const calls = new Set(CALLS.filter((call) => call.yields === kind).map(nameOf))
  return {
    kind,
    recognises(document) {
      const [first] = linesOf(document)
      const [, line] = first ?? []
      if (!isObject(line) || !Object.hasOwn(line, 'account') || !Object.hasOwn(line, 'response')) return false
      return calls.has(ownString(line, 'call') ?? '')
    },
    take(document) {
      let rows = 0
      const accounts = new Set<string>()
      for (const [i, line] of linesOf(document)) {
        const mismatch = shape(line)
        const unknown = !calls.has(isObject(line) ? (ownString(line, 'call') ?? '') : '')
        if (mismatch !== undefined || unknown) {
          return {
            pointer: `/${i}${mismatch?.pointer ?? '/call'}`,
            says: 'this line is no answer that the collector keeps here',
            remedy: 'collect it again: gomeisa collect aws',
          }
        }
        rows++
        // Shares are no policies of resources, which is what an account with answers is taken to have.
        if (!isAboutShares(line)) accounts.add(accountOf(line))
      }
      const [only, ...others] = accounts
      return {
        kind,
        rowsAt: '',
        rows,
        ...(only === undefined || others.length > 0 ? {} : { scope: only }),
        holds: counted(rows, ['answer', 'answers']),
        ids: [],
        gaps: [],
        mentions: [...accounts].map((account) => `account:${account}`),
      }
    },
  }
}

/** The lines of a document with their numbers; one JSON document is one line. */
export function* linesOf(document: Document): Generator<readonly [number, Json]> {
  const lines =
    document.format === 'jsonl' ? document.lines : document.format === 'json' ? [document.root] : []
  for (const [i, line] of lines.entries()) if (line !== undefined) yield [i, line]
}

function isAboutShares(line: Json): boolean {
  return isObject(line) && (ownString(line, 'call') ?? '').startsWith('ram:')
}

function accountOf(line: Json): string {
  return isObject(line) ? (ownString(line, 'account') ?? '') : ''
}
