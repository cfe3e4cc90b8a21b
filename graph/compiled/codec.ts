import { deserialize, serialize } from 'node:v8'
import type { Cloud } from '../model/cloud.ts'
import type { Edge } from '../model/edge.ts'
import type { Finding } from '../model/finding.ts'
import type { SnapshotId } from '../model/ids.ts'
import type { GraphNode } from '../model/node.ts'
import type { PersonLink } from '../model/person.ts'
import type { IdentityRisk } from '../model/risk.ts'
import type { GraphStore } from '../store/graph-store.ts'
import type { Estate, EstateSummary } from './estate.ts'
import { ESTATE_VERSION } from './estate.ts'
import { rowsFromBytes, rowsToBytes } from './rows.ts'

/** The analysed estate of one snapshot, read section by section; a section is decoded once. */
export interface EstateReader {
  readonly summary: EstateSummary
  nodes(): Promise<readonly GraphNode[]>
  edges(): Promise<readonly Edge[]>
  people(): Promise<readonly PersonLink[]>
  findings(): Promise<readonly Finding[]>
  risks(): Promise<readonly IdentityRisk[]>
  engine(cloud: Cloud): Promise<unknown>
}

/**
 * Keeps an estate: one blob a section, in V8's structured-clone format (typed arrays, maps and references shared by near
 * rows survive). The summary is written last: an estate without it does not exist, so a killed write is no estate.
 */
export async function writeEstate(store: GraphStore, snapshot: SnapshotId, estate: Estate): Promise<void> {
  const put = (section: string, bytes: Uint8Array) => store.putEstate(snapshot, name(section), bytes)
  const engines = [...estate.engines].map(([cloud, state]) => put(`engine.${cloud}`, serialize(state)))
  const lists = (['edges', 'nodes', 'people', 'findings', 'risks'] as const).map((key) =>
    put(key, rowsToBytes(estate[key])),
  )
  await Promise.all([...engines, ...lists])
  await put('summary', serialize(estate.summary))
}

/** The estate of a snapshot, or `undefined` when it was not analysed by this version. */
export async function readEstate(store: GraphStore, snapshot: SnapshotId): Promise<EstateReader | undefined> {
  const decoded = new Map<string, Promise<unknown>>()
  const section = (key: string, decode: (bytes: Uint8Array) => unknown = deserialize): Promise<unknown> => {
    const known = decoded.get(key)
    if (known !== undefined) return known
    const read = store
      .estate(snapshot, name(key))
      .then((bytes) => (bytes === undefined ? undefined : decode(bytes)))
    decoded.set(key, read)
    return read
  }
  const rows = (key: string) => section(key, rowsFromBytes)
  const summary = (await section('summary')) as EstateSummary | undefined
  if (summary === undefined) return undefined
  return {
    summary,
    nodes: async () => (await rows('nodes')) as readonly GraphNode[],
    edges: async () => (await rows('edges')) as readonly Edge[],
    people: async () => (await rows('people')) as readonly PersonLink[],
    risks: async () => (await rows('risks')) as readonly IdentityRisk[],
    findings: async () => (await rows('findings')) as readonly Finding[],
    engine: (cloud) => section(`engine.${cloud}`),
  }
}

/** An estate that is in memory already, as a reader. */
export function estateReader(estate: Estate): EstateReader {
  return {
    summary: estate.summary,
    nodes: () => Promise.resolve(estate.nodes),
    edges: () => Promise.resolve(estate.edges),
    risks: () => Promise.resolve(estate.risks),
    people: () => Promise.resolve(estate.people),
    findings: () => Promise.resolve(estate.findings),
    engine: (cloud) => Promise.resolve(estate.engines.get(cloud)),
  }
}

function name(section: string): string {
  return `v${ESTATE_VERSION}.${section}`
}
