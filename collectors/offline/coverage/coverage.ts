import type { Gap, SourceKind } from '../../../graph/index.ts'

/** What the coverage tables know of a source. */
export interface Seen {
  readonly kind: SourceKind
  readonly scope?: string
  readonly rows: number
  /** See `Taken.mentions`. */
  readonly mentions: readonly string[]
}

/** One cloud's table: what should be there, given what is, and is not. Not asked when nothing of the cloud was given. */
export type Coverage = (seen: readonly Seen[]) => readonly Gap[]

/** What is expected once of a whole cloud. */
export interface CoverageRow {
  readonly what: string
  /** Expected when the import has one of these kinds, or one of these mentions. */
  readonly when: readonly (SourceKind | `mentions ${string}`)[]
  /** Satisfied by one of these kinds, or by one of these mentions. */
  readonly by: readonly (SourceKind | `mentions ${string}`)[]
  readonly consequence: string
  readonly remedy: string
}

/** Gaps of the rows that are expected and not there; their scope is the whole cloud. */
export function missingRows(cloud: Gap['cloud'], rows: readonly CoverageRow[], seen: readonly Seen[]): Gap[] {
  const has = new Set<string>()
  for (const { kind, mentions } of seen) {
    has.add(kind)
    for (const mention of mentions) has.add(`mentions ${mention}`)
  }
  const isAny = (names: readonly string[]) => names.some((name) => has.has(name))
  return rows
    .filter((row) => isAny(row.when) && !isAny(row.by))
    .map(({ what, consequence, remedy }) => ({
      kind: 'not-collected',
      cloud,
      scope: '*',
      what,
      consequence,
      remedy,
    }))
}
