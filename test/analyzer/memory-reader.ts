import type {
  Gap,
  Instant,
  Json,
  JsonObject,
  Row,
  Snapshot,
  SnapshotReader,
  Source,
  SourceKind,
} from '../../graph/index.ts'
import { cloudOf, contentHash, snapshotId } from '../../graph/index.ts'

/** One export as a test writes it down. */
export interface Exported {
  readonly kind: SourceKind
  readonly rows: readonly Json[]
  readonly parameters?: JsonObject
  readonly scope?: string
}

/** A snapshot that lies in memory, one source for each export. */
export function memoryReader(exports: readonly Exported[], gaps: readonly Gap[] = []): SnapshotReader {
  const sources = exports.map((exported): Source => ({
    kind: exported.kind,
    format: 'json',
    origin: exported.kind,
    content: contentHash(JSON.stringify(exported.rows)),
    bytes: 0,
    rowsAt: '',
    rows: exported.rows.length,
    holds: '',
    ...(exported.scope === undefined ? {} : { scope: exported.scope }),
  }))
  const takenAt = '2026-11-16T06:00:00Z' as Instant
  const draft = { takenAt, importedAt: takenAt, sources, gaps }
  const snapshot: Snapshot = { ...draft, id: snapshotId(draft) }
  return {
    snapshot,
    has: (cloud) => exports.some(({ kind }) => cloudOf(kind) === cloud),
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous, memory is not
    async *each(...kinds) {
      for (const [index, exported] of exports.entries()) {
        const source = sources[index]
        if (source === undefined || !kinds.includes(exported.kind)) continue
        yield { source, index, rows: () => rowsOf(exported, index) }
      }
    },
  }
}

function* rowsOf(exported: Exported, source: number): Generator<Row> {
  for (const [i, value] of exported.rows.entries()) {
    const parameters = exported.parameters === undefined ? {} : { parameters: exported.parameters }
    yield { value, at: { source, pointer: `/${i}` }, ...parameters }
  }
}
