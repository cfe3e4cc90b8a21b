import { type Certainty, type NodeId, type NonEmpty, reach } from '../../graph/index.ts'
import type { AttackGraph } from './attack-graph.ts'
import { type JewelPlace, jewelPlaces } from './jewel-places.ts'
import { certaintyOf, doubtOf } from './traversal.ts'

/** Somebody who reaches a target, or a jewel that is reached. */
export interface Reach {
  readonly node: NodeId
  /** Steps of the shortest way with that certainty; 1 is direct access. */
  readonly hops: number
  /** The worst step of the best way. */
  readonly certainty: Certainty
}

/** Crown jewels that are reached in the same way by the same principals: three equally long columns. */
export interface JewelGroup {
  readonly jewels: NonEmpty<NodeId>
  /** Numbers in `ReachMap.ids`; most certain first, then nearest. */
  readonly principals: Uint32Array
  readonly hops: Uint32Array
  /** Place of the certainty in `CERTAINTIES`. */
  readonly doubts: Uint8Array
}

/**
 * Who reaches which crown jewel. Worked out when it is asked for, and not kept: identities times jewels can be more than
 * fits in memory.
 */
export interface ReachMap {
  readonly ids: readonly NodeId[]
  groups(): Iterable<JewelGroup>
  /** `undefined` for what is no crown jewel. */
  of(jewel: NodeId): JewelGroup | undefined
}

/** Everyone who reaches any crown jewel. */
export function reachesAny(map: ReachMap): NodeId[] {
  const reaching = new Uint8Array(map.ids.length)
  for (const group of map.groups()) for (const number of group.principals) reaching[number] = 1
  return map.ids.filter((_, number) => reaching[number] === 1)
}

/** The principals that reach a node, most certain first, then nearest, then by id. */
export function reachOf(attack: AttackGraph, target: NodeId): Reach[] {
  return rows(attack, 'into', target, (place) => attack.principals[place] === 1)
}

/** The crown jewels that a principal reaches, in the same order. */
export function jewelsOf(attack: AttackGraph, principal: NodeId): Reach[] {
  const jewels = new Set(attack.jewels.map((jewel) => attack.placeOf.get(jewel.resource)))
  return rows(attack, 'out', principal, (place) => jewels.has(place))
}

export function jewelReach(attack: AttackGraph): ReachMap {
  return new JewelReach(attack)
}

class JewelReach implements ReachMap {
  readonly ids: readonly NodeId[]
  readonly #attack: AttackGraph
  readonly #places: readonly JewelPlace[]
  readonly #placeOf = new Map<NodeId, JewelPlace>()
  /** The last answer: whoever asks for one jewel after the other often stays in a group. */
  #last: { readonly place: JewelPlace; readonly group: JewelGroup } | undefined

  constructor(attack: AttackGraph) {
    this.ids = attack.ids
    this.#attack = attack
    this.#places = jewelPlaces(attack)
    for (const place of this.#places) for (const jewel of place.jewels) this.#placeOf.set(jewel, place)
  }

  *groups(): Iterable<JewelGroup> {
    for (const place of this.#places) yield this.#group(place)
  }

  of(jewel: NodeId): JewelGroup | undefined {
    const place = this.#placeOf.get(jewel)
    return place === undefined ? undefined : this.#group(place)
  }

  #group(place: JewelPlace): JewelGroup {
    if (this.#last?.place === place) return this.#last.group
    const { graph, room, principals } = this.#attack
    const { nodes, hops, doubts } = reach(graph, 'into', place.place, room)
    const kept = (_: number, i: number): boolean => principals[nodes[i] ?? -1] === 1
    const group = {
      jewels: place.jewels,
      principals: nodes.filter(kept),
      hops: hops.filter(kept),
      doubts: doubts.filter(kept),
    }
    this.#last = { place, group }
    return group
  }
}

/** Most certain first, then nearest, then by id. A controlled resource has another place than the resource itself. */
function rows(
  attack: AttackGraph,
  side: 'into' | 'out',
  start: NodeId,
  counts: (place: number) => boolean,
): Reach[] {
  const place = attack.placeOf.get(start)
  if (place === undefined) return []
  const found = reach(attack.graph, side, place, attack.room)
  const list: Reach[] = []
  for (const [i, at] of found.nodes.entries()) {
    const node = attack.ids[at]
    if (node === undefined || !counts(at)) continue
    list.push({ node, hops: found.hops[i] ?? 0, certainty: certaintyOf(found.doubts[i] ?? 2) })
  }
  return list.sort(inOrder)
}

function inOrder(a: Reach, b: Reach): number {
  const order = doubtOf(a.certainty) - doubtOf(b.certainty) || a.hops - b.hops
  return order !== 0 ? order : a.node < b.node ? -1 : a.node > b.node ? 1 : 0
}
