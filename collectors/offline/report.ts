import type { Gap, Instant, Snapshot, SourceKind, GraphStore } from '../../graph/index.ts'
import type { Ignored } from './open/entry.ts'
import type { ImportLimits } from './limits.ts'

/** What an import took, left and missed. */
export interface ImportReport {
  readonly snapshot: Snapshot
  /** False when a snapshot of the same content and time was there already. */
  readonly isNew: boolean
  readonly taken: readonly TakenFile[]
  readonly ignored: readonly Ignored[]
  /** Those of the snapshot: refused calls, truncated listings, and what nobody gave. */
  readonly gaps: readonly Gap[]
}

export interface TakenFile {
  readonly origin: string
  readonly kind: SourceKind
  /** What the kind is, for people. */
  readonly title: string
  /** How much it holds, for people: `44 users, 78 roles, 84 policies`. */
  readonly holds: string
}

export interface ImportOptions {
  readonly store: GraphStore
  /** When the import happens. */
  readonly now: Instant
  /** When the clouds were asked; by default the newest time that the exports or their files name, else `now`. */
  readonly takenAt?: Instant
  readonly progress?: (progress: ImportProgress) => void
  /** Limits to use instead of the default ones. */
  readonly limits?: Partial<ImportLimits>
}

/** Called after each file. */
export interface ImportProgress {
  readonly origin: string
  readonly files: number
  readonly bytes: number
}
