import type {
  Cloud,
  CrownJewel,
  DecisionEngine,
  Edge,
  Estate,
  EstateSummary,
  GraphNode,
  MappedPerson,
  NodeId,
  SnapshotReader,
} from '../graph/index.ts'
import { CLOUDS } from '../graph/index.ts'
import type { CloudAnalyzer, Derived, Loaded } from './cloud-analyzer.ts'
import { joinFederation } from './federation.ts'
import { findAll } from './findings/find.ts'
import { linkPeople, type LinkedPeople } from './people/link.ts'
import { attackGraph } from './paths/attack-graph.ts'
import { jewelReach } from './paths/reach.ts'
import { analyzerOf } from './registry.ts'
import { crownJewels } from './risk/crown-jewels.ts'
import { rankIdentities } from './risk/score.ts'

export interface AnalyzeOptions {
  /** Patterns of resources that count as crown jewels besides the tagged ones. */
  readonly jewels?: readonly string[]
  /** The operator's map of people and their accounts. */
  readonly people?: readonly MappedPerson[]
  /** Told what is being done, in few words. */
  readonly progress?: (step: string) => void
}

/**
 * Gives a snapshot meaning: each cloud's nodes and decision logic, what follows from them, the bridges between clouds,
 * findings and risk. The same snapshot and options give the same estate.
 */
export async function analyze(reader: SnapshotReader, options: AnalyzeOptions = {}): Promise<Estate> {
  const say = options.progress ?? (() => undefined)
  const { clouds, analyzers, loaded, nodes } = await loadClouds(reader, say)
  const jewels = crownJewels(nodes.values(), { patterns: options.jewels ?? [] })
  const parts = [...analyzers].flatMap(([cloud, analyzer]) => {
    say(`following ${cloud}`)
    const each = loaded.get(cloud)
    return each === undefined ? [] : [derivePart(analyzer, each, nodes, jewels)]
  })
  const derived = parts.map((part) => part.derived)
  for (const node of derived.flatMap((each) => each.nodes ?? [])) nodes.set(node.id, node)
  const people = joinPeople(nodes, options.people)
  const edges: Edge[] = [
    ...[...loaded.values()].flatMap((each) => each.edges),
    ...derived.flatMap((each) => each.edges),
    ...joinFederation(
      derived.flatMap((each) => each.presents ?? []),
      derived.flatMap((each) => each.accepts ?? []),
    ),
  ]
  say('findings')
  const facts = derived.flatMap((each) => each.facts)
  const { takenAt } = reader.snapshot
  const findings = findAll({ facts, nodes, edges, now: takenAt })
  const reach = jewelReach(attackGraph(nodes, edges, jewels))
  const risks = rankIdentities({ nodes, facts, findings, reach, now: takenAt })
  return {
    summary: {
      snapshot: reader.snapshot.id,
      takenAt,
      clouds,
      ...counts(nodes.values(), people),
      edges: edges.length,
      gaps: reader.snapshot.gaps,
      notEvaluated: parts.flatMap((part) => part.engine.notEvaluated),
      crownJewels: jewels,
    },
    nodes: [...nodes.values()],
    edges,
    people: people.links,
    findings,
    risks,
    engines: new Map([...loaded].map(([cloud, each]) => [cloud, each.state])),
  }
}

/**
 * What a snapshot says itself: nodes, observed edges and each cloud's decision logic, enough for questions about a
 * principal, an action and a resource. Nothing is derived: no findings, no risk, no escalation.
 */
export async function observe(reader: SnapshotReader): Promise<Estate> {
  const { clouds, loaded, nodes } = await loadClouds(reader, () => undefined)
  const people = joinPeople(nodes)
  const edges = [...loaded.values()].flatMap((each) => each.edges)
  return {
    summary: {
      snapshot: reader.snapshot.id,
      takenAt: reader.snapshot.takenAt,
      clouds,
      ...counts(nodes.values(), people),
      edges: edges.length,
      gaps: reader.snapshot.gaps,
      notEvaluated: [],
      crownJewels: [],
    },
    nodes: [...nodes.values()],
    edges,
    people: people.links,
    findings: [],
    risks: [],
    engines: new Map([...loaded].map(([cloud, each]) => [cloud, each.state])),
  }
}

/** Opens a cloud's decision logic from its kept state. */
export async function openEngine(
  cloud: Cloud,
  state: unknown,
  nodes: ReadonlyMap<NodeId, GraphNode>,
): Promise<DecisionEngine> {
  return (await analyzerOf(cloud)).engine(state, nodes)
}

async function loadClouds(reader: SnapshotReader, say: (step: string) => void) {
  const clouds = CLOUDS.filter((cloud) => reader.has(cloud))
  const loaded = new Map<Cloud, Loaded>()
  const analyzers = new Map<Cloud, CloudAnalyzer>()
  for (const cloud of clouds) {
    say(`reading ${cloud}`)
    const analyzer = await analyzerOf(cloud)
    analyzers.set(cloud, analyzer)
    loaded.set(cloud, await analyzer.load(reader))
  }
  return { clouds, analyzers, loaded, nodes: mergeNodes([...loaded.values()].map((each) => each.nodes)) }
}

function derivePart(
  analyzer: CloudAnalyzer,
  loaded: Loaded,
  nodes: ReadonlyMap<NodeId, GraphNode>,
  jewels: readonly CrownJewel[],
): { engine: DecisionEngine; derived: Derived } {
  const engine = analyzer.engine(loaded.state, nodes)
  const own = jewels.filter((jewel) => nodes.get(jewel.resource)?.cloud === analyzer.cloud)
  return { engine, derived: analyzer.derive(engine, loaded, own) }
}

/** One node for each id: a description wins over a mere reference, the first of two descriptions over the second. */
function mergeNodes(lists: readonly (readonly GraphNode[])[]): Map<NodeId, GraphNode> {
  const nodes = new Map<NodeId, GraphNode>()
  for (const list of lists) {
    for (const node of list) {
      const known = nodes.get(node.id)
      if (known === undefined || (known.seen === null && node.seen !== null)) nodes.set(node.id, node)
    }
  }
  return nodes
}

/** Links the accounts of people, and tells each account which one stands for its person. */
function joinPeople(nodes: Map<NodeId, GraphNode>, map: readonly MappedPerson[] = []): LinkedPeople {
  const people = linkPeople(nodes.values(), map)
  for (const [id, person] of people.firstOf) {
    const node = nodes.get(id)
    if (node?.kind === 'principal') nodes.set(id, { ...node, person })
  }
  for (const { rule, from, to } of people.links) {
    if (rule !== 'operator-map') continue
    for (const id of [from, to]) {
      const node = nodes.get(id)
      if (node?.kind === 'principal') nodes.set(id, { human: true, ...node })
    }
  }
  return people
}

type Counts = 'principals' | 'people' | 'peopleAtLeast' | 'unmatchedAccounts' | 'resources' | 'containers'

function counts(nodes: Iterable<GraphNode>, people: LinkedPeople): Pick<EstateSummary, Counts> {
  const found = { principals: 0, resources: 0, containers: 0 }
  for (const node of nodes) {
    if (node.kind === 'resource') found.resources++
    else if (node.kind === 'container') found.containers++
    else if (node.many !== true) found.principals++
  }
  const { certain, any, unmatched } = people
  return { ...found, people: certain, peopleAtLeast: any, unmatchedAccounts: unmatched }
}
