import {
  type Certainty,
  type CrownJewel,
  type Edge,
  type GraphNode,
  type NodeId,
  type Search,
  type StepGraph,
  search,
  stepGraph,
} from '../../graph/index.ts'
import { containersOf, takeover } from './containment.ts'
import { administers, doubtOf, useOf } from './traversal.ts'

/**
 * The estate as an attacker walks it: every number is a place, every step a way on.
 * Places are the nodes, and once more each resource that runs with an identity, as "controlled": reading a resource does not
 * give its identity away, administering it (or a container around it) does.
 */
export interface AttackGraph {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  readonly jewels: readonly CrownJewel[]
  readonly graph: StepGraph
  readonly room: Search
  readonly placeOf: ReadonlyMap<NodeId, number>
  /** By place. A controlled resource has the id of the resource. */
  readonly ids: readonly NodeId[]
  /** By place: 1 for a principal. */
  readonly principals: Uint8Array
  /** By step: the edge, or `null` where a container that is administered gives power over what it holds. */
  readonly edges: readonly (Edge | null)[]
  /** By step. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Linear in nodes, edges and depth of containers. Edges that are no way for an attacker are left out. */
export function attackGraph(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  edges: readonly Edge[],
  jewels: readonly CrownJewel[],
): AttackGraph {
  const build = new Build(nodes)
  for (const edge of edges) {
    const use = useOf(edge)
    if (use === 'control') build.step(build.controlled(edge.from), build.place(edge.to), edge)
    else if (use === 'power') build.step(build.place(edge.from), build.place(edge.to), edge)
  }
  const administered = new Set<NodeId>()
  for (const edge of edges) {
    if (useOf(edge) !== 'access') continue
    if (nodes.get(edge.to)?.kind === 'container') {
      if (!administers(edge)) continue
      administered.add(edge.to)
    } else if (administers(edge) && build.isControlled(edge.to)) {
      build.step(build.place(edge.from), build.controlled(edge.to), edge)
    }
    build.step(build.place(edge.from), build.place(edge.to), edge)
  }
  const targets = new Set(jewels.map((jewel) => jewel.resource))
  for (const node of nodes.values()) {
    const isTarget = node.kind === 'resource' && targets.has(node.id)
    const isControlled = build.isControlled(node.id)
    if (node.kind !== 'principal' && !isTarget && !isControlled) continue
    for (const container of containersOf(nodes, node)) {
      if (!administered.has(container)) continue
      const from = build.place(container)
      const certainty = node.kind === 'principal' ? takeover(node, nodes.get(container)) : null
      if (certainty !== null) build.step(from, build.place(node.id), null, certainty)
      if (isTarget) build.step(from, build.place(node.id), null)
      if (isControlled) build.step(from, build.controlled(node.id), null)
    }
  }
  return build.done(jewels)
}

class Build {
  readonly #nodes: ReadonlyMap<NodeId, GraphNode>
  readonly #placeOf = new Map<NodeId, number>()
  readonly #controlledOf = new Map<NodeId, number>()
  readonly #ids: NodeId[] = []
  readonly #from: number[] = []
  readonly #to: number[] = []
  readonly #doubts: number[] = []
  readonly #edges: (Edge | null)[] = []

  constructor(nodes: ReadonlyMap<NodeId, GraphNode>) {
    this.#nodes = nodes
  }

  place(id: NodeId): number {
    return numbered(this.#placeOf, this.#ids, id)
  }

  controlled(id: NodeId): number {
    return numbered(this.#controlledOf, this.#ids, id)
  }

  isControlled(id: NodeId): boolean {
    return this.#controlledOf.has(id)
  }

  step(
    from: number,
    to: number,
    edge: Edge | null,
    certainty: Certainty = edge?.certainty ?? 'certain',
  ): void {
    this.#from.push(from)
    this.#to.push(to)
    this.#doubts.push(doubtOf(certainty))
    this.#edges.push(edge)
  }

  done(jewels: readonly CrownJewel[]): AttackGraph {
    for (const jewel of jewels) this.place(jewel.resource)
    const from = Uint32Array.from(this.#from)
    const to = Uint32Array.from(this.#to)
    return {
      nodes: this.#nodes,
      jewels,
      graph: stepGraph(this.#ids.length, from, to, Uint8Array.from(this.#doubts)),
      room: search(this.#ids.length),
      placeOf: this.#placeOf,
      ids: this.#ids,
      principals: Uint8Array.from(this.#ids, (id) => Number(this.#nodes.get(id)?.kind === 'principal')),
      edges: this.#edges,
      from,
      to,
    }
  }
}

function numbered(places: Map<NodeId, number>, ids: NodeId[], id: NodeId): number {
  const known = places.get(id)
  if (known !== undefined) return known
  places.set(id, ids.length)
  ids.push(id)
  return ids.length - 1
}
