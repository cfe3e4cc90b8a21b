import { cloudOf } from '../snapshot/kinds/index.ts'
import type { SnapshotReader } from '../snapshot/reader.ts'
import { rowsOf } from '../snapshot/rows.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { GraphStore } from './graph-store.ts'

/** Reads a snapshot's sources from the store, one at a time. */
export function snapshotReader(store: GraphStore, snapshot: Snapshot): SnapshotReader {
  return {
    snapshot,
    has: (cloud) => snapshot.sources.some((source) => cloudOf(source.kind) === cloud),
    async *each(...kinds) {
      for (const [index, source] of snapshot.sources.entries()) {
        if (!kinds.includes(source.kind)) continue
        const bytes = await store.content(source.content)
        yield { source, index, rows: () => rowsOf(source, index, bytes) }
      }
    },
  }
}
