import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cloud, Instant, Json, SnapshotId, Source, SourceKind, SourceRows } from '../../graph/index.ts'
import { cloudOf, contentHash, rowsOf, type SnapshotReader } from '../../graph/index.ts'

/** One source of a test: its kind and its bytes, or how to get them. */
export interface TestSource {
  readonly kind: SourceKind
  readonly bytes: Uint8Array | (() => Uint8Array)
  readonly format?: Source['format']
  readonly rowsAt?: string
  readonly scope?: string
}

/** A snapshot reader over sources in memory or on disk. */
export function readerOf(sources: readonly TestSource[]): SnapshotReader {
  const described = sources.map((source, i): Source => ({
    kind: source.kind,
    format: source.format ?? 'json',
    origin: `source-${i}`,
    content: contentHash(String(i)),
    bytes: 0,
    rowsAt: source.rowsAt ?? '',
    rows: 0,
    ...(source.scope === undefined ? {} : { scope: source.scope }),
    holds: '',
  }))
  return {
    snapshot: {
      id: 'test' as SnapshotId,
      takenAt: '2026-11-16T06:00:00Z' as Instant,
      importedAt: '2026-11-16T06:00:00Z' as Instant,
      sources: described,
      gaps: [],
    },
    async *each(...kinds) {
      for (const [index, source] of described.entries()) {
        if (!kinds.includes(source.kind)) continue
        await Promise.resolve()
        const bytes = sources[index]!.bytes
        const made: SourceRows = {
          source,
          index,
          rows: () => rowsOf(source, index, typeof bytes === 'function' ? bytes() : bytes),
        }
        yield made
      }
    },
    has: (cloud: Cloud) => described.some((source) => cloudOf(source.kind) === cloud),
  }
}

export function jsonSource(kind: SourceKind, value: Json, more: Partial<TestSource> = {}): TestSource {
  return { kind, bytes: new TextEncoder().encode(JSON.stringify(value)), ...more }
}

/** The sources of a folder with `org.json` and `accounts/<id>/{gaad,resources}.json`. */
export function folderSources(folder: string): readonly TestSource[] {
  const sources: TestSource[] = [
    { kind: 'aws.organization-tree', bytes: () => readFileSync(join(folder, 'org.json')) },
  ]
  for (const account of readdirSync(join(folder, 'accounts'))) {
    const file = (name: string) => () => readFileSync(join(folder, 'accounts', account, name))
    sources.push(
      { kind: 'aws.account-authorization-details', bytes: file('gaad.json') },
      { kind: 'aws.resource-policies', bytes: file('resources.json'), scope: account },
    )
  }
  return sources
}
