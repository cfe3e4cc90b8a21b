import { type Search, visit } from './reach.ts'
import type { StepGraph } from './steps.ts'

/** Paths as lists of step numbers, shortest first, then least doubtful, then by step numbers. */
export interface FoundPaths {
  readonly paths: readonly (readonly number[])[]
  /** More paths may exist: the limit or the budget ended the enumeration. */
  readonly more: boolean
}

/** How many steps one enumeration may look at; about 20 ms. */
export const PATH_BUDGET = 200_000

/**
 * The shortest simple paths. Two paths differ in the nodes they pass; of parallel steps the least doubtful (then the
 * first) stands for all of them. Iterative deepening: hops to the target are exact lower bounds, so a branch that cannot
 * arrive within the present length is never entered, and the least length that was refused is the next one to try.
 */
export function shortestPaths(
  graph: StepGraph,
  from: number,
  to: number,
  limit: number,
  room: Search,
  budget = PATH_BUDGET,
): FoundPaths {
  if (from === to || limit < 1) return { paths: [], more: false }
  visit(graph.into, to, 2, room)
  let length = room.hops[from]!
  if (length < 0) return { paths: [], more: false }
  const walk = new Walk(graph, room, to, budget)
  const paths: Candidate[] = []
  while (length < Infinity) {
    // A few more than asked for, so that among equally long paths the least doubtful ones are shown.
    const wanted = limit - paths.length
    const found = walk.ofLength(from, length, wanted * 4 + 16)
    paths.push(...found.paths.sort(better).slice(0, wanted))
    if (found.paths.length > wanted || found.cut) return { paths: paths.map((p) => p.steps), more: true }
    if (paths.length === limit) return { paths: paths.map((p) => p.steps), more: found.next < Infinity }
    length = found.next
  }
  return { paths: paths.map((p) => p.steps), more: false }
}

interface Candidate {
  readonly steps: readonly number[]
  readonly doubt: number
}

function better(a: Candidate, b: Candidate): number {
  if (a.doubt !== b.doubt) return a.doubt - b.doubt
  for (const [i, step] of a.steps.entries()) {
    const other = b.steps[i] ?? 0
    if (step !== other) return step - other
  }
  return 0
}

/** One way on from a node. */
interface Option {
  readonly node: number
  readonly step: number
  readonly doubt: number
}

/** Depth-first, without recursion: a path may be longer than the call stack is deep. */
class Walk {
  readonly #graph: StepGraph
  readonly #room: Search
  readonly #to: number
  readonly #options = new Map<number, readonly Option[]>()
  #budget: number

  constructor(graph: StepGraph, room: Search, to: number, budget: number) {
    this.#graph = graph
    this.#room = room
    this.#to = to
    this.#budget = budget
  }

  /** All simple paths of exactly this length, at most `cap`; `next`: the least length at which more can be found. */
  ofLength(from: number, length: number, cap: number): { paths: Candidate[]; next: number; cut: boolean } {
    const { hops, marks } = this.#room
    const paths: Candidate[] = []
    const trail: Option[] = [{ node: from, step: -1, doubt: 0 }]
    const cursors = [0]
    let next = Infinity
    let cut = false
    marks[from] = 1
    while (trail.length > 0) {
      const here = trail[trail.length - 1]!
      const options = this.#from(here.node)
      const cursor = cursors[cursors.length - 1]!
      const option = options[cursor]
      if (option === undefined || cut) {
        marks[here.node] = 0
        trail.pop()
        cursors.pop()
        continue
      }
      cursors[cursors.length - 1] = cursor + 1
      this.#budget--
      if (this.#budget < 0 || paths.length >= cap) cut = true
      if (marks[option.node] === 1) continue
      const total = trail.length + hops[option.node]!
      if (total > length) next = Math.min(next, total)
      else if (option.node !== this.#to) {
        marks[option.node] = 1
        trail.push(option)
        cursors.push(0)
      } else if (total === length) paths.push(candidate(trail, option))
    }
    return { paths, next, cut }
  }

  /** The ways on from a node that can arrive, one for each next node. */
  #from(node: number): readonly Option[] {
    const known = this.#options.get(node)
    if (known !== undefined) return known
    const { offsets, ends, steps, doubts } = this.#graph.out
    const best = new Map<number, Option>()
    for (let place = offsets[node]!; place < offsets[node + 1]!; place++) {
      const end = ends[place]!
      if (this.#room.hops[end]! < 0) continue
      const rival = best.get(end)
      if (rival === undefined || doubts[place]! < rival.doubt) {
        best.set(end, { node: end, step: steps[place]!, doubt: doubts[place]! })
      }
    }
    const options = [...best.values()].sort((a, b) => a.doubt - b.doubt || a.step - b.step)
    this.#options.set(node, options)
    return options
  }
}

function candidate(trail: readonly Option[], last: Option): Candidate {
  const passed = [...trail.slice(1), last]
  return {
    steps: passed.map((option) => option.step),
    doubt: passed.reduce((worst, option) => Math.max(worst, option.doubt), 0),
  }
}
