import type { Gap, Instant, Json, JsonObject, Place, SourceKind } from '../../graph/index.ts'

/** A parsed document, before anybody knows what it is. */
export type Document =
  | { readonly format: 'json'; readonly root: Json }
  /** `lines[i]` is the parsed line `i`; blank lines are `undefined`. */
  | { readonly format: 'jsonl'; readonly lines: readonly (Json | undefined)[] }
  | { readonly format: 'csv'; readonly header: readonly string[]; readonly records: readonly JsonObject[] }

/** What a format makes of a document it recognises. */
export interface Taken {
  readonly kind: SourceKind
  /** See `Source.rowsAt`. */
  readonly rowsAt: string
  readonly rows: number
  readonly scope?: string
  readonly takenAt?: Instant
  /** For people: `44 users, 78 roles, 84 policies`. */
  readonly holds: string
  /**
   * Ids that name one thing within the kind, each with the pointer of its record. A second record of the same id is
   * accepted only if it is equal as JSON, else the import is `INPUT_DUPLICATE`. Large lists may be lazy.
   */
  readonly ids: Iterable<{ readonly id: string; readonly pointer: string }>
  /** Gaps the document itself shows: a truncated listing, a refused part. */
  readonly gaps: readonly Gap[]
  /** Facts for the coverage table of the cloud (`coverage/`): `account:123456789012`, `groups` … */
  readonly mentions?: readonly string[]
}

/** What is wrong with a document of a recognised format: the first thing, with its place. */
export interface Problem {
  /** `INPUT_SHAPE` unless it says otherwise. */
  readonly code?: 'INPUT_DUPLICATE'
  readonly pointer: string
  readonly says: string
  readonly remedy: string
}

/** One accepted file format: one file under `formats/<cloud>/`, one row in `formats/registry.ts`. */
export interface Format {
  readonly kind: SourceKind
  /** Whether the document looks like it: cheap, looks at few keys, never throws. The first format that says yes takes it. */
  recognises(document: Document): boolean
  /** Checks every field that analysis will read; a document with a wrong type is refused as a whole. */
  take(document: Document, place: Place): Taken | Problem
}

export function isProblem(outcome: Taken | Problem): outcome is Problem {
  return 'says' in outcome && 'remedy' in outcome
}
