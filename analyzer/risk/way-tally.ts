import type { NodeId } from '../../graph/index.ts'
import type { Reach, ReachMap } from '../paths/reach.ts'
import { CERTAINTIES, certaintyOf } from '../paths/traversal.ts'
import { CERTAINTY_WEIGHTS, HOP_DECAY, HOP_LIMIT } from './constants.ts'

/** The crown jewels that one identity reaches, counted by certainty and hops: what the score needs, in little room. */
export interface WayTally {
  /** By doubt and hops: `counts[doubt * HOP_LIMIT + hops - 1]`; the last hop holds all beyond. */
  readonly counts: Uint32Array
  total: number
  /** The jewel with the best way, and how much that way counts. */
  best: { readonly node: NodeId; readonly weight: number }
}

/** By identity; one pass over who reaches what. */
export function tallies(reach: ReachMap): ReadonlyMap<NodeId, WayTally> {
  const found: (WayTally | undefined)[] = []
  for (const { jewels, principals, hops, doubts } of reach.groups()) {
    const first = jewels.reduce((a, b) => (b < a ? b : a))
    for (const [i, principal] of principals.entries()) {
      const doubt = doubts[i] ?? 2
      const way = Math.min(hops[i] ?? 1, HOP_LIMIT) - 1
      const place = doubt * HOP_LIMIT + way
      const tally = (found[principal] ??= {
        counts: new Uint32Array(CERTAINTIES.length * HOP_LIMIT),
        total: 0,
        best: { node: first, weight: -1 },
      })
      tally.counts[place] = (tally.counts[place] ?? 0) + jewels.length
      tally.total += jewels.length
      const weight = WEIGHTS[place] ?? 0
      if (weight > tally.best.weight || (weight === tally.best.weight && first < tally.best.node)) {
        tally.best = { node: first, weight }
      }
    }
  }
  const byId = new Map<NodeId, WayTally>()
  for (const [principal, tally] of found.entries()) {
    const id = reach.ids[principal]
    if (tally !== undefined && id !== undefined) byId.set(id, tally)
  }
  return byId
}

/** How much one way counts. */
export function wayWeight({ hops, certainty }: Pick<Reach, 'hops' | 'certainty'>): number {
  return CERTAINTY_WEIGHTS[certainty] * HOP_DECAY ** (Math.min(hops, HOP_LIMIT) - 1)
}

/** The sum over all ways, added up in a fixed order, so that no order of the input changes a bit. */
export function sumOf(
  { counts }: WayTally,
  weightOf: (way: Pick<Reach, 'hops' | 'certainty'>) => number,
): number {
  let sum = 0
  for (const [place, count] of counts.entries()) {
    const certainty = CERTAINTIES[Math.floor(place / HOP_LIMIT)]
    if (count > 0 && certainty !== undefined) {
      sum += count * weightOf({ certainty, hops: (place % HOP_LIMIT) + 1 })
    }
  }
  return sum
}

/** By place in `counts`. */
const WEIGHTS = Float64Array.from({ length: CERTAINTIES.length * HOP_LIMIT }, (_, place) =>
  wayWeight({ certainty: certaintyOf(Math.floor(place / HOP_LIMIT)), hops: (place % HOP_LIMIT) + 1 }),
)
