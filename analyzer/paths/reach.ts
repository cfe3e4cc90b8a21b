import { type Certainty, type NodeId, reach } from '../../graph/index.ts'
import type { AttackGraph } from './attack-graph.ts'
import { certaintyOf } from './traversal.ts'

/** Somebody who reaches a target, or a jewel that is reached. */
export interface Reach {
  readonly node: NodeId
  /** Steps of the shortest way with that certainty; 1 is direct access. */
  readonly hops: number
  /** The worst step of the best way. */
  readonly certainty: Certainty
}

/** By crown jewel: the principals that reach it. */
export type ReachMap = ReadonlyMap<NodeId, readonly Reach[]>

/** The principals that reach a node, most certain first, then nearest, then by id. */
export function reachOf(attack: AttackGraph, target: NodeId): Reach[] {
  return reached(attack, 'into', target, (id) => attack.nodes.get(id)?.kind === 'principal')
}

/** The crown jewels that a principal reaches, in the same order. */
export function jewelsOf(attack: AttackGraph, principal: NodeId): Reach[] {
  const jewels = new Set(attack.jewels.map((jewel) => jewel.resource))
  return reached(attack, 'out', principal, (id) => jewels.has(id))
}

/** Who reaches which crown jewel. */
export function jewelReach(attack: AttackGraph): ReachMap {
  return new Map(attack.jewels.map((jewel) => [jewel.resource, reachOf(attack, jewel.resource)]))
}

function reached(
  attack: AttackGraph,
  side: 'into' | 'out',
  start: NodeId,
  counts: (id: NodeId) => boolean,
): Reach[] {
  const place = attack.placeOf.get(start)
  if (place === undefined) return []
  const { nodes, hops, doubts } = reach(attack.graph, side, place, attack.room)
  const rows: Reach[] = []
  for (const [i, at] of nodes.entries()) {
    const node = attack.ids[at]
    // A resource that is only controlled has the id of the resource and another place: it is not what was asked for.
    if (node === undefined || attack.placeOf.get(node) !== at || !counts(node)) continue
    rows.push({ node, hops: hops[i] ?? 0, certainty: certaintyOf(doubts[i] ?? 2) })
  }
  return rows.sort(
    (a, b) => rank(a) - rank(b) || a.hops - b.hops || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0),
  )
}

function rank(row: Reach): number {
  return row.certainty === 'certain' ? 0 : row.certainty === 'conditional' ? 1 : 2
}
