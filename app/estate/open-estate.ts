import type {
  Cloud,
  DecisionEngine,
  Edge,
  EstateReader,
  EstateSummary,
  Finding,
  GraphNode,
  GraphStore,
  IdentityRisk,
  NodeId,
  PersonLink,
  Snapshot,
} from '../../graph/index.ts'
import { GomeisaError, openEmbeddedStore, readEstate } from '../../graph/index.ts'
import { openEngine } from '../../analyzer/index.ts'
import type { EvidencePlace } from './evidence-place.ts'
import { EvidenceReader } from './evidence-place.ts'
import type { SourceRef } from '../../graph/index.ts'

/** An analysed estate, opened for questions: sections and engines are read when they are first needed. */
export class OpenEstate {
  readonly snapshot: Snapshot
  readonly summary: EstateSummary
  /** False: only what the files say themselves is known (see `withObserved`). */
  readonly isAnalysed: boolean
  private readonly reader: EstateReader
  private readonly evidence: EvidenceReader
  private readonly engines = new Map<Cloud, Promise<DecisionEngine | undefined>>()
  private nodeMap: Promise<ReadonlyMap<NodeId, GraphNode>> | undefined

  constructor(store: GraphStore, snapshot: Snapshot, reader: EstateReader, isAnalysed = true) {
    this.isAnalysed = isAnalysed
    this.snapshot = snapshot
    this.summary = reader.summary
    this.reader = reader
    this.evidence = new EvidenceReader(store, snapshot)
  }

  nodes(): Promise<ReadonlyMap<NodeId, GraphNode>> {
    this.nodeMap ??= this.reader.nodes().then((nodes) => new Map(nodes.map((node) => [node.id, node])))
    return this.nodeMap
  }

  edges(): Promise<readonly Edge[]> {
    return this.reader.edges()
  }

  /** Which accounts are one person's, and why. */
  people(): Promise<readonly PersonLink[]> {
    return this.reader.people()
  }

  findings(): Promise<readonly Finding[]> {
    return this.reader.findings()
  }

  risks(): Promise<readonly IdentityRisk[]> {
    return this.reader.risks()
  }

  /** The decision engine of a cloud; `undefined` when nothing of that cloud was imported. */
  engine(cloud: Cloud): Promise<DecisionEngine | undefined> {
    const known = this.engines.get(cloud)
    if (known !== undefined) return known
    const opened = this.openEngine(cloud)
    this.engines.set(cloud, opened)
    return opened
  }

  /** Where a piece of evidence stands: file, line, and the lines themselves. */
  place(at: SourceRef): Promise<EvidencePlace> {
    return this.evidence.place(at)
  }

  /** Where a piece of evidence stands: file and line. */
  line(at: SourceRef): Promise<{ readonly origin: string; readonly line?: number }> {
    return this.evidence.line(at)
  }

  private async openEngine(cloud: Cloud): Promise<DecisionEngine | undefined> {
    const state = await this.reader.engine(cloud)
    return state === undefined ? undefined : openEngine(cloud, state, await this.nodes())
  }
}

/** Which snapshot a question is about: the newest, or the one whose id begins with a text or that was taken on a day. */
export function chooseSnapshot(snapshots: readonly Snapshot[], wanted?: string): Snapshot {
  const newest = snapshots.at(-1)
  if (newest === undefined) {
    throw new GomeisaError('NO_SNAPSHOT', 'nothing has been imported yet', {
      remedy: 'import exports first (`gomeisa import PATH…`), or try `gomeisa demo`',
    })
  }
  if (wanted === undefined || wanted === 'latest') return newest
  const fitting = snapshots.filter((s) => s.id.startsWith(wanted) || s.takenAt.startsWith(wanted))
  const [one] = fitting
  if (one !== undefined && fitting.length === 1) return one
  throw new GomeisaError(
    fitting.length === 0 ? 'NOT_FOUND' : 'AMBIGUOUS',
    fitting.length === 0
      ? `no snapshot is called \`${wanted}\``
      : `\`${wanted}\` means ${fitting.length} snapshots`,
    {
      remedy: 'give the beginning of an id or the day it was taken',
      candidates: (fitting.length === 0 ? snapshots : fitting).map(
        (s) => `${s.id.slice(0, 12)}  taken ${s.takenAt}`,
      ),
    },
  )
}

/** The estate of a snapshot in an open store; `NO_ESTATE` when it was not analysed by this version. */
export async function openSnapshotEstate(store: GraphStore, snapshot: Snapshot): Promise<OpenEstate> {
  const reader = await readEstate(store, snapshot.id)
  if (reader === undefined) {
    throw new GomeisaError('NO_ESTATE', `snapshot ${snapshot.id.slice(0, 12)} has not been analysed`, {
      remedy: 'run `gomeisa analyze`',
    })
  }
  return new OpenEstate(store, snapshot, reader)
}

/** Opens the store in a data directory, hands the chosen estate to `work`, and closes the store. */
export async function withEstate<T>(
  directory: string,
  wanted: string | undefined,
  work: (estate: OpenEstate, store: GraphStore) => Promise<T>,
): Promise<T> {
  const store = openEmbeddedStore(directory, { create: false })
  try {
    const estate = await openSnapshotEstate(store, chooseSnapshot(await store.snapshots(), wanted))
    return await work(estate, store)
  } finally {
    await store.close()
  }
}
