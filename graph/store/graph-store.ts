import type { ContentHash, SnapshotId } from '../model/ids.ts'
import type { ParsedContent } from '../snapshot/rows.ts'
import type { Snapshot, SnapshotDraft } from '../snapshot/snapshot.ts'

/**
 * The memory: snapshots, the bytes they were made of, and the analysed estates. Every store passes
 * `test/contract/graph-store.ts`. All methods reject with `STORE_UNUSABLE` or `STORE_VERSION` when the store cannot be read.
 */
export interface GraphStore {
  /**
   * Writes one snapshot atomically: `fill` hands over the bytes of each source and returns the draft. If it throws, or
   * the process is killed at any moment, the store is as it was. Content that is already kept is not written twice.
   * A snapshot whose id exists already is left as it is.
   */
  write(
    fill: (writer: ContentWriter) => Promise<SnapshotDraft>,
  ): Promise<{ snapshot: Snapshot; isNew: boolean }>
  /** All snapshots, oldest first by `takenAt`, then by `importedAt`. */
  snapshots(): Promise<readonly Snapshot[]>
  /** The bytes of a source; rejects with `STORE_UNUSABLE` if they are not kept or do not match their hash. */
  content(hash: ContentHash): Promise<Uint8Array>
  /** What the bytes of a source say, where the store still has it; otherwise they are parsed. */
  parsed?(hash: ContentHash): ParsedContent | undefined
  /** Keeps the analysed estate of a snapshot, replacing an older one of the same name. */
  putEstate(snapshot: SnapshotId, name: string, bytes: Uint8Array): Promise<void>
  estate(snapshot: SnapshotId, name: string): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

export interface ContentWriter {
  /** Keeps bytes and gives their hash. `parsed`: what they say, for a store that can use it. */
  put(bytes: Uint8Array, parsed?: ParsedContent): ContentHash
}
