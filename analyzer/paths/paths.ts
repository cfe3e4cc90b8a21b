import {
  type Certainty,
  type Derivation,
  type Edge,
  GomeisaError,
  type NodeId,
  derived,
  observed,
  shortestPaths,
} from '../../graph/index.ts'
import type { AttackGraph } from './attack-graph.ts'
import { DIRECTORY_CONDITION, takeover } from './containment.ts'
import { type Reach, jewelsOf, reachOf } from './reach.ts'
import { administers, certaintyOf, doubtOf } from './traversal.ts'

/** The rule of a step from an administered container to what lives in it. */
export const HELD_RULE = 'container.holds'

export interface AttackPath {
  /** Each step leads from the end of the one before. */
  readonly steps: readonly Edge[]
  /** That of the worst step. */
  readonly certainty: Certainty
}

export interface AttackPaths {
  readonly paths: readonly AttackPath[]
  /** There may be more than were asked for. */
  readonly more: boolean
}

/** The shortest ways from one node to another. Unknown nodes have none. */
export function pathsBetween(attack: AttackGraph, from: NodeId, to: NodeId, limit: number): AttackPaths {
  const start = attack.placeOf.get(from)
  const end = attack.placeOf.get(to)
  if (start === undefined || end === undefined) return { paths: [], more: false }
  const found = shortestPaths(attack.graph, start, end, limit, attack.room)
  return { paths: found.paths.map((steps) => pathOf(attack, steps)), more: found.more }
}

/** For each of those who reach a node the shortest way: people first, then whoever can start from outside, then the rest. */
export function pathsTo(attack: AttackGraph, to: NodeId, limit: number): AttackPaths {
  const rows = reachOf(attack, to)
  const ranked = rows.map((row) => ({ row, rank: starter(attack, row.node) })).sort((a, b) => a.rank - b.rank)
  const paths = ranked.slice(0, limit).flatMap(({ row }) => pathsBetween(attack, row.node, to, 1).paths)
  return { paths: paths, more: rows.length > limit }
}

/** For each crown jewel that a principal reaches the shortest way. */
export function pathsFrom(attack: AttackGraph, from: NodeId, limit: number): AttackPaths {
  const rows: readonly Reach[] = jewelsOf(attack, from)
  const paths = rows.slice(0, limit).flatMap((row) => pathsBetween(attack, from, row.node, 1).paths)
  return { paths: shortestFirst(paths), more: rows.length > limit }
}

/** Fewest steps first, of these the surest. */
export function shortestFirst(paths: readonly AttackPath[]): AttackPath[] {
  return paths.toSorted(
    (a, b) => a.steps.length - b.steps.length || doubtOf(a.certainty) - doubtOf(b.certainty),
  )
}

/** Whom to show first as the start of a path: 0 a person, 1 somebody outside, 2 a workload, 3 a set of principals. */
function starter(attack: AttackGraph, id: NodeId): number {
  const node = attack.nodes.get(id)
  if (node?.kind !== 'principal') return 3
  if (node.human === true) return 0
  if (node.external === true || node.type === 'federated') return 1
  return node.type === 'group' || node.type === 'role' ? 3 : 2
}

function pathOf(attack: AttackGraph, numbers: readonly number[]): AttackPath {
  const steps: Edge[] = []
  let doubt = 0
  for (const number of numbers) {
    const edge = attack.edges[number] ?? held(attack, number, steps[steps.length - 1])
    doubt = Math.max(doubt, doubtOf(edge.certainty))
    steps.push(edge)
  }
  return { steps, certainty: certaintyOf(doubt) }
}

/** The step from an administered container to what it holds: it follows from where the thing lives, and is made when shown. */
function held(attack: AttackGraph, number: number, before: Edge | undefined): Edge {
  const place = attack.from[number] ?? 0
  const [from, to] = [idAt(attack, place), idAt(attack, attack.to[number] ?? 0)]
  const node = attack.nodes.get(to)
  const name = node?.name ?? to
  const container = attack.nodes.get(from)?.name ?? from
  const sure = node?.kind === 'principal' ? takeover(node, attack.nodes.get(from)) : 'certain'
  const seen: Derivation[] = node?.seen ? [observed(node.seen, `${name} is described here`)] : []
  const says = `${name} lives in ${container}, and whoever administers ${container} has power over it`
  return {
    kind: node?.kind === 'principal' ? 'can-become' : 'can-access',
    from,
    to,
    rule: HELD_RULE,
    label: 'administers',
    certainty: sure === 'unknown' ? 'unknown' : 'certain',
    conditions: sure === 'unknown' ? [DIRECTORY_CONDITION] : [],
    level: 'administer',
    because: derived(HELD_RULE, says, [(before ?? administering(attack, place)).because, ...seen]),
  }
}

/** An edge by which somebody administers a container; only administered ones hold anything. */
function administering(attack: AttackGraph, place: number): Edge {
  const { offsets, steps } = attack.graph.into
  for (let at = offsets[place] ?? 0; at < (offsets[place + 1] ?? 0); at++) {
    const edge = attack.edges[steps[at] ?? -1]
    if (edge && administers(edge)) return edge
  }
  throw new GomeisaError('INTERNAL', `nobody administers \`${idAt(attack, place)}\``)
}

function idAt(attack: AttackGraph, place: number): NodeId {
  const id = attack.ids[place]
  if (id === undefined) throw new GomeisaError('INTERNAL', `no node has the number ${place}`)
  return id
}
