import { type Edge, type NodeId, criticalLinks } from '../../graph/index.ts'
import type { AttackGraph } from './attack-graph.ts'
import { jewelPlaces } from './jewel-places.ts'

/** A link that many ways need: without it, so many (person, crown jewel) pairs are gone. */
export interface Choke {
  readonly from: NodeId
  readonly to: NodeId
  /** The edges of the link: more than one when several techniques do the same; all must go. */
  readonly edges: readonly Edge[]
  /** Pairs that its removal disconnects. */
  readonly cuts: number
  /** Pairs in all. */
  readonly pairs: number
  /** Crown jewels that were looked at: all, unless that would take too long. */
  readonly jewels: number
}

/** So many places are looked at, over all crown jewels; some seconds of work. */
const BUDGET = 4_000_000

/**
 * The links that cut most pairs of a start and a crown jewel, best first. Exact for one link at a time. Where a container
 * holds something is nothing that can be cut, so such links are left out.
 */
export function chokes(attack: AttackGraph, starts: ReadonlySet<NodeId>, limit: number): Choke[] {
  const weights = new Uint32Array(attack.ids.length)
  for (const start of starts) {
    const place = attack.placeOf.get(start)
    if (place !== undefined) weights[place] = 1
  }
  const cuts = new Map<number, number>()
  let pairs = 0
  let jewels = 0
  let visited = 0
  for (const group of jewelPlaces(attack)) {
    if (visited > BUDGET) break
    const found = criticalLinks(attack.graph, group.place, weights, attack.room)
    for (const link of found.links) {
      const key = link.from * attack.ids.length + link.to
      cuts.set(key, (cuts.get(key) ?? 0) + link.weight * group.jewels.length)
    }
    pairs += found.weight * group.jewels.length
    jewels += group.jewels.length
    visited += attack.room.visited
  }
  const ranked = [...cuts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const found: Choke[] = []
  for (const [key, count] of ranked) {
    if (found.length >= limit) break
    const from = Math.floor(key / attack.ids.length)
    const to = key % attack.ids.length
    const edges = edgesBetween(attack, from, to)
    const [fromId, toId] = [attack.ids[from], attack.ids[to]]
    if (edges === null || fromId === undefined || toId === undefined) continue
    found.push({ from: fromId, to: toId, edges, cuts: count, pairs, jewels })
  }
  return found
}

/** The edges of a link; `null` when containment is one of its steps. */
function edgesBetween(attack: AttackGraph, from: number, to: number): Edge[] | null {
  const { offsets, ends, steps } = attack.graph.out
  const edges: Edge[] = []
  for (let place = offsets[from] ?? 0; place < (offsets[from + 1] ?? 0); place++) {
    if (ends[place] !== to) continue
    const edge = attack.edges[steps[place] ?? -1]
    if (edge === undefined || edge === null) return null
    edges.push(edge)
  }
  return edges
}
