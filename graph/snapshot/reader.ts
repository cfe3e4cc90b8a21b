import type { Cloud } from '../model/cloud.ts'
import type { SourceKind } from './kinds/index.ts'
import type { Row } from './rows.ts'
import type { Snapshot, Source } from './snapshot.ts'

/** The rows of one source; its bytes are decoded and parsed when `rows` is called and can be freed after it. */
export interface SourceRows {
  readonly source: Source
  /** Index in `snapshot.sources`, as used by `SourceRef`. */
  readonly index: number
  rows(): Iterable<Row>
}

/** How an analyzer reads a snapshot: source by source, never all at once. */
export interface SnapshotReader {
  readonly snapshot: Snapshot
  /** The sources of these kinds, in the order of the snapshot. */
  each(...kinds: readonly SourceKind[]): AsyncIterable<SourceRows>
  /** Whether anything of a cloud was imported. */
  has(cloud: Cloud): boolean
}
