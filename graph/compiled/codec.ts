import { deserialize, serialize } from 'node:v8'
import type { Cloud } from '../model/cloud.ts'
import type { Edge } from '../model/edge.ts'
import type { Finding } from '../model/finding.ts'
import type { SnapshotId } from '../model/ids.ts'
import type { GraphNode } from '../model/node.ts'
import type { IdentityRisk } from '../model/risk.ts'
import type { GraphStore } from '../store/graph-store.ts'
import type { Estate, EstateSummary } from './estate.ts'
import { ESTATE_VERSION } from './estate.ts'

/** The analysed estate of one snapshot, read section by section; a section is decoded once. */
export interface EstateReader {
  readonly summary: EstateSummary
  nodes(): Promise<readonly GraphNode[]>
  edges(): Promise<readonly Edge[]>
  findings(): Promise<readonly Finding[]>
  risks(): Promise<readonly IdentityRisk[]>
  engine(cloud: Cloud): Promise<unknown>
}

/**
 * Keeps an estate: one blob a section, in V8's structured-clone format (typed arrays, maps and shared references
 * survive). The summary is written last: an estate without it does not exist, so a killed write is no estate.
 */
export async function writeEstate(store: GraphStore, snapshot: SnapshotId, estate: Estate): Promise<void> {
  const put = (section: string, value: unknown) => store.putEstate(snapshot, name(section), serialize(value))
  const engines = [...estate.engines].map(([cloud, state]) => put(`engine.${cloud}`, state))
  const lists = (['nodes', 'edges', 'findings', 'risks'] as const).map((key) => put(key, estate[key]))
  await Promise.all([...engines, ...lists])
  await put('summary', estate.summary)
}

/** The estate of a snapshot, or `undefined` when it was not analysed by this version. */
export async function readEstate(store: GraphStore, snapshot: SnapshotId): Promise<EstateReader | undefined> {
  const decoded = new Map<string, Promise<unknown>>()
  const section = (key: string): Promise<unknown> => {
    const known = decoded.get(key)
    if (known !== undefined) return known
    const read = store
      .estate(snapshot, name(key))
      .then((bytes) => (bytes === undefined ? undefined : (deserialize(bytes) as unknown)))
    decoded.set(key, read)
    return read
  }
  const summary = (await section('summary')) as EstateSummary | undefined
  if (summary === undefined) return undefined
  return {
    summary,
    nodes: async () => (await section('nodes')) as readonly GraphNode[],
    edges: async () => (await section('edges')) as readonly Edge[],
    risks: async () => (await section('risks')) as readonly IdentityRisk[],
    findings: async () => (await section('findings')) as readonly Finding[],
    engine: (cloud) => section(`engine.${cloud}`),
  }
}

function name(section: string): string {
  return `v${ESTATE_VERSION}.${section}`
}
