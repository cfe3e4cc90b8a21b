import {
  type Cloud,
  type Gap,
  isObject,
  type JsonObject,
  own,
  ownObject,
  ownString,
  type SourceKind,
} from '../../graph/index.ts'
import type { Document, Format } from './format.ts'
import { counted } from './listing.ts'
import { mapOf, numeral, record, text } from './record-shape.ts'

/** What a manifest must know of a call. */
export interface CoveredCall {
  readonly permissions: readonly string[]
  readonly gap: string
  readonly lost: string
}

/** How one cloud's live collector is spoken of. */
export interface CrawledCoverage {
  readonly kind: SourceKind
  readonly cloud: Cloud
  /** For people: `Google Cloud`. */
  readonly title: string
  readonly callNamed: (name: string) => CoveredCall | undefined
  /** Codes that mean that a right is missing. */
  readonly denied: RegExp
  /** The remedy of a refusal, given the permissions of the call. */
  readonly remedy: (permissions: readonly string[], about: string) => string
  /** Remedies of codes that have one of their own. */
  readonly remedies?: ReadonlyMap<string, string>
  /** What was left out at the collector's own wish: gap and words. */
  readonly left: ReadonlyMap<string, { readonly gap: string; readonly lost: string }>
}

const shape = record(
  { collected: text, about: text },
  { call: text, answered: numeral, absent: numeral, refused: mapOf(numeral), left: text },
)

/**
 * What a live collector asked and how that ended, one line a call and what it asked of. Refused calls are gaps that name what
 * was asked of, call, code and the permission that is missing.
 */
export function crawledCoverage(spec: CrawledCoverage): Format {
  return {
    kind: spec.kind,
    recognises(document) {
      const [first] = linesIn(document)
      return (
        first !== undefined && ownString(first, 'collected') === spec.cloud && Object.hasOwn(first, 'about')
      )
    },
    take(document) {
      let calls = 0
      const rows = linesIn(document)
      for (const [i, line] of rows.entries()) {
        const mismatch = shape(line)
        if (mismatch !== undefined) {
          return {
            pointer: `/${i}${mismatch.pointer}`,
            says: 'this line of the coverage has another form',
            remedy: `collect it again: gomeisa collect ${spec.cloud}`,
          }
        }
        calls += countOf(line, 'answered') + countOf(line, 'absent')
        for (const count of Object.values(ownObject(line, 'refused') ?? {})) calls += Number(count)
      }
      return {
        kind: spec.kind,
        rowsAt: '',
        rows: rows.length,
        holds: counted(calls, ['call', 'calls']),
        ids: [],
        gaps: rows.flatMap((row) => gapsOf(spec, row)),
        mentions: [],
      }
    },
  }
}

function linesIn(document: Document): readonly JsonObject[] {
  if (document.format === 'csv') return []
  const lines = document.format === 'json' ? [document.root] : document.lines
  return lines.filter((line) => line !== undefined).filter(isObject)
}

function gapsOf(spec: CrawledCoverage, row: JsonObject): readonly Gap[] {
  const about = ownString(row, 'about') ?? '*'
  const left = spec.left.get(ownString(row, 'left') ?? '')
  if (left !== undefined) {
    const remedy = `collect again without leaving it out: gomeisa collect ${spec.cloud}`
    const consequence = `${left.lost}: it was left out`
    return [{ kind: 'not-collected', cloud: spec.cloud, scope: about, what: left.gap, consequence, remedy }]
  }
  const call = ownString(row, 'call') ?? ''
  const known = spec.callNamed(call)
  return Object.keys(ownObject(row, 'refused') ?? {}).map((code) => ({
    kind: 'refused',
    cloud: spec.cloud,
    scope: about,
    what: known?.gap ?? 'other',
    consequence: `${known?.lost ?? 'something is not known'}: ${call} failed with ${code} for ${about === '*' ? 'everything' : about}`,
    remedy:
      spec.remedies?.get(code) ??
      (spec.denied.test(code)
        ? spec.remedy(known?.permissions ?? [], about)
        : `collect again; ${spec.title} answered ${code}`),
  }))
}

function countOf(row: JsonObject, name: string): number {
  const count = own(row, name)
  return typeof count === 'number' ? count : 0
}
