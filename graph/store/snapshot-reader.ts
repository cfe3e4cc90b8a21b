import { cloudOf } from '../snapshot/kinds/index.ts'
import type { SnapshotReader } from '../snapshot/reader.ts'
import { parsedRows, rowsOf } from '../snapshot/rows.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { GraphStore } from './graph-store.ts'

/** Reads a snapshot's sources from the store, one after the other. */
export function snapshotReader(store: GraphStore, snapshot: Snapshot): SnapshotReader {
  return {
    snapshot,
    has: (cloud) => snapshot.sources.some((source) => cloudOf(source.kind) === cloud),
    async *each(...kinds) {
      const wanted = [...snapshot.sources.entries()].filter(([, { kind }]) => kinds.includes(kind))
      const ask = (i: number) => {
        const source = wanted[i]?.[1]
        const bytes = source === undefined ? undefined : store.content(source.content)
        // Its failure is told when its turn comes; whoever stops before never hears of it.
        bytes?.catch(() => undefined)
        return bytes
      }
      // The next source is fetched while this one is read.
      let next = ask(0)
      for (const [i, [index, source]] of wanted.entries()) {
        const bytes = await next
        next = ask(i + 1)
        if (bytes === undefined) continue
        const parsed = store.parsed?.(source.content)
        const rows =
          parsed?.format === source.format
            ? () => parsedRows(source, index, parsed)
            : () => rowsOf(source, index, bytes)
        yield { source, index, rows }
      }
    },
  }
}
