import type { Doubt, Rows, StepGraph } from './steps.ts'

/**
 * Room for searches over one graph, kept between them: a search costs what it visits, not the size of the graph.
 * Not to be used by two searches at the same time.
 */
export interface Search {
  /** Hops from the start; -1 for what was not visited. Valid until the next search. */
  readonly hops: Int32Array
  /** The visited nodes in the order of their hops; the first `visited` entries are valid. */
  readonly queue: Uint32Array
  visited: number
  readonly marks: Uint8Array
  /** What has been found so far, over the rounds of one search. */
  readonly found: { readonly nodes: Uint32Array; readonly hops: Uint32Array; readonly doubts: Uint8Array }
}

export function search(size: number): Search {
  return {
    hops: new Int32Array(size).fill(-1),
    queue: new Uint32Array(size),
    visited: 0,
    marks: new Uint8Array(size),
    found: { nodes: new Uint32Array(size), hops: new Uint32Array(size), doubts: new Uint8Array(size) },
  }
}

/** Empties the room for the next search. */
export function forget(room: Search): void {
  const { hops, queue } = room
  for (let i = 0; i < room.visited; i++) hops[queue[i]!] = -1
  room.visited = 0
}

/** Breadth first from `start` along steps that carry at most `doubt`; the result stands in `room`. */
export function visit(rows: Rows, start: number, doubt: Doubt, room: Search): void {
  forget(room)
  const { hops, queue } = room
  const { offsets, ends, doubts } = rows
  // Reading no doubts where all steps count saves one cache miss in four.
  const any = doubt === 2
  hops[start] = 0
  queue[0] = start
  let tail = 1
  for (let head = 0; head < tail; head++) {
    const node = queue[head]!
    const next = hops[node]! + 1
    const end = offsets[node + 1]!
    for (let place = offsets[node]!; place < end; place++) {
      const other = ends[place]!
      if (hops[other]! < 0 && (any || doubts[place]! <= doubt)) {
        hops[other] = next
        queue[tail++] = other
      }
    }
  }
  room.visited = tail
}

/** What is reached, without the start: equally long lists, by rising doubt, then by rising hops. */
export interface Reached {
  readonly nodes: Uint32Array
  /** The fewest hops among the ways with that doubt or less. */
  readonly hops: Uint32Array
  /** The worst step of the least doubtful way. */
  readonly doubts: Uint8Array
}

/**
 * Everything that leads to `target` (`side` = `into`) or that `target` leads to (`side` = `out`).
 * The doubt of a node is that of its least doubtful way: a certain detour counts more than a shorter guess.
 */
export function reach(graph: StepGraph, side: 'into' | 'out', target: number, room: Search): Reached {
  const { nodes, hops, doubts } = room.found
  let count = 0
  const worst = graph.doubts.at(-1)
  for (const [round, doubt] of graph.doubts.entries()) {
    visit(graph[side], target, doubt === worst ? 2 : doubt, room)
    for (let i = 1; i < room.visited; i++) {
      const node = room.queue[i]!
      if (round > 0 && room.marks[node] === 1) continue
      if (doubt !== worst) room.marks[node] = 1
      nodes[count] = node
      hops[count] = room.hops[node]!
      doubts[count] = doubt
      count++
    }
  }
  if (graph.doubts.length > 1) for (let i = 0; i < count; i++) room.marks[nodes[i]!] = 0
  return { nodes: nodes.slice(0, count), hops: hops.slice(0, count), doubts: doubts.slice(0, count) }
}
