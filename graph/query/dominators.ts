import { type Search, forget } from './reach.ts'
import type { StepGraph } from './steps.ts'

/** A link (all steps from one node to another) without which some nodes no longer reach the target. */
export interface CriticalLink {
  readonly from: number
  readonly to: number
  /** The sum of the weights of the nodes that would be cut off. */
  readonly weight: number
}

export interface CriticalLinks {
  readonly links: readonly CriticalLink[]
  /** The sum of the weights of everything that reaches the target, the target left out. */
  readonly weight: number
}

/**
 * Every link whose removal alone cuts weighted nodes off from `target`, exactly, in one pass: the links that enter a
 * dominator subtree of the reversed graph by its root only. Dominators by Cooper, Harvey and Kennedy, "A Simple, Fast
 * Dominance Algorithm" (2001). `weights` is by node.
 */
export function criticalLinks(
  graph: StepGraph,
  target: number,
  weights: Uint32Array,
  room: Search,
): CriticalLinks {
  const order = rank(graph, target, room)
  const ranks = room.hops
  const parents = dominatorParents(graph, order, ranks)
  const { weight, size } = subtrees(order, parents, weights)
  const first = preorder(parents, size)
  const { offsets, ends } = graph.out
  const links: CriticalLink[] = []
  for (let node = 1; node < order.length; node++) {
    if (weight[node] === 0) continue
    const parent = parents[node]!
    const start = first[node]!
    const end = start + size[node]!
    let direct = false
    let alone = true
    for (let place = offsets[order[node]!]!; alone && place < offsets[order[node]! + 1]!; place++) {
      const next = ranks[ends[place]!]!
      if (next < 0) continue
      if (next === parent) direct = true
      else alone = first[next]! >= start && first[next]! < end
    }
    if (direct && alone) links.push({ from: order[node]!, to: order[parent]!, weight: weight[node]! })
  }
  return { links, weight: weight[0]! - weights[target]! }
}

/**
 * The nodes that reach the target in reverse postorder: the target first, each after at least one node that it leads to.
 * Leaves the place of each in `room.hops`.
 */
function rank(graph: StepGraph, target: number, room: Search): Uint32Array {
  forget(room)
  const { offsets, ends } = graph.into
  const { hops, queue } = room
  const trail = [target]
  const cursors = [offsets[target]!]
  let finished = 0
  hops[target] = 0
  while (trail.length > 0) {
    const node = trail[trail.length - 1]!
    const place = cursors[cursors.length - 1]!
    if (place >= offsets[node + 1]!) {
      queue[finished++] = node
      trail.pop()
      cursors.pop()
      continue
    }
    cursors[cursors.length - 1] = place + 1
    const other = ends[place]!
    if (hops[other]! >= 0) continue
    hops[other] = 0
    trail.push(other)
    cursors.push(offsets[other]!)
  }
  room.visited = finished
  const order = queue.slice(0, finished).reverse()
  for (let place = 0; place < finished; place++) hops[order[place]!] = place
  return order
}

/** Parents in the dominator tree, all by rank. Rank 0 is the root and its own parent. */
function dominatorParents(graph: StepGraph, order: Uint32Array, ranks: Int32Array): Int32Array {
  const { offsets, ends } = graph.out
  const parents = new Int32Array(order.length).fill(-1)
  parents[0] = 0
  for (let changed = true; changed;) {
    changed = false
    for (let node = 1; node < order.length; node++) {
      let parent = -1
      for (let place = offsets[order[node]!]!; place < offsets[order[node]! + 1]!; place++) {
        const next = ranks[ends[place]!]!
        if (next < 0 || next === node || parents[next]! < 0) continue
        parent = parent < 0 ? next : meet(parents, parent, next)
      }
      if (parents[node] === parent) continue
      parents[node] = parent
      changed = true
    }
  }
  return parents
}

function meet(parents: Int32Array, a: number, b: number): number {
  while (a !== b) {
    while (a > b) a = parents[a]!
    while (b > a) b = parents[b]!
  }
  return a
}

function subtrees(order: Uint32Array, parents: Int32Array, weights: Uint32Array) {
  const weight = Float64Array.from(order, (node) => weights[node]!)
  const size = new Uint32Array(order.length).fill(1)
  for (let node = order.length - 1; node > 0; node--) {
    weight[parents[node]!]! += weight[node]!
    size[parents[node]!]! += size[node]!
  }
  return { weight, size }
}

/** Preorder numbers of the dominator tree: a subtree is the interval from its root's number, `size` long. */
function preorder(parents: Int32Array, size: Uint32Array): Uint32Array {
  const first = new Uint32Array(parents.length)
  const free = new Uint32Array(parents.length).fill(1)
  for (let node = 1; node < parents.length; node++) {
    const parent = parents[node]!
    first[node] = first[parent]! + free[parent]!
    free[parent]! += size[node]!
  }
  return first
}
