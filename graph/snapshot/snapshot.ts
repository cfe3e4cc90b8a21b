import type { Gap } from '../model/gap.ts'
import type { ContentHash, Instant, SnapshotId } from '../model/ids.ts'
import type { SourceKind } from './kinds/index.ts'

/**
 * One answer of a cloud, exactly as it was given: a file, an archive entry or (later) the pages of a call.
 * The bytes are kept by content hash; a record in it is named by a `SourceRef`, its line found from the bytes.
 */
export interface Source {
  readonly kind: SourceKind
  readonly format: 'json' | 'jsonl' | 'csv'
  /** Display place: the path as given by the person, `!entry` inside an archive. Not part of the snapshot's id. */
  readonly origin: string
  /** SHA-256 of the bytes as kept (decompressed, UTF-8 without byte order mark). */
  readonly content: ContentHash
  readonly bytes: number
  /**
   * JSON pointer to the list of rows inside the document (json) or inside each line (jsonl); `` is the document itself.
   * A value that is no list is one row.
   */
  readonly rowsAt: string
  /** How many rows it holds. */
  readonly rows: number
  /** Account, project, subscription or organization it is about, when the whole source is about one. */
  readonly scope?: string
  /** When the cloud gave it, when the export says so. */
  readonly takenAt?: Instant
  /** What it holds, for people: `44 users, 78 roles, 84 policies`. */
  readonly holds: string
}

/** What was seen and what was not, at one time. Immutable; equal content has equal id. */
export interface Snapshot {
  readonly id: SnapshotId
  readonly takenAt: Instant
  readonly importedAt: Instant
  readonly sources: readonly Source[]
  readonly gaps: readonly Gap[]
}

export type SnapshotDraft = Omit<Snapshot, 'id'>
