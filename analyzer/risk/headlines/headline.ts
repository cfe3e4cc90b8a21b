import type {
  Certainty,
  Edge,
  Finding,
  GraphNode,
  Instant,
  NodeId,
  PrincipalNode,
  Severity,
} from '../../../graph/index.ts'
import { personKey } from '../../../graph/index.ts'
import type { AttackGraph } from '../../paths/attack-graph.ts'
import type { JewelGroup, ReachMap } from '../../paths/reach.ts'
import { certaintyOf } from '../../paths/traversal.ts'

/** A sentence worth forwarding, with the page that proves it. */
export interface Headline {
  readonly text: string
  readonly severity: Severity
  /** Link inside the application: `/paths?to=…`, `/findings?rule=…`, `/identities/…`. */
  readonly link: string
}

/** An analysed estate, as headlines look at it. */
export interface EstateView {
  readonly takenAt: Instant
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  readonly edges: readonly Edge[]
  readonly findings: readonly Finding[]
  readonly reach: ReachMap
}

export interface HeadlineInput {
  readonly current: EstateView & { readonly attack: AttackGraph }
  /** The snapshot before, when there is one. */
  readonly previous: EstateView | null
}

/** One kind of headline: one file in this folder, one row in `headlines.ts`. Best first. */
export type HeadlineKind = (input: HeadlineInput) => readonly Headline[]

/** `last week`, `yesterday`, or the day of the snapshot before. */
export function whenBefore(current: EstateView, previous: EstateView): string {
  const days = Math.round((Date.parse(current.takenAt) - Date.parse(previous.takenAt)) / 86_400_000)
  if (days === 7) return 'last week'
  if (days === 1) return 'yesterday'
  return `on ${previous.takenAt.slice(0, 10)}`
}

/** The same with `since`: `since last week`, `since 2026-11-09`. */
export function sinceBefore(current: EstateView, previous: EstateView): string {
  return `since ${whenBefore(current, previous).replace(/^on /, '')}`
}

/** The person behind a node that can act; `undefined` for workloads, sets and disabled accounts. */
export function activePerson(nodes: ReadonlyMap<NodeId, GraphNode>, id: NodeId): PrincipalNode | undefined {
  const node = nodes.get(id)
  return node?.kind === 'principal' && node.human === true && node.enabled !== false ? node : undefined
}

/** Who stands behind each of `reach.ids`: the key of an active person; `undefined` for everything else. */
export function peopleByNumber({ nodes, reach }: EstateView): readonly (string | undefined)[] {
  return reach.ids.map((id) => {
    const person = activePerson(nodes, id)
    return person === undefined ? undefined : personKey(person)
  })
}

/** The people who reach the crown jewels of a group, each once, by the certainty of their best way. */
export function peopleOf(
  people: readonly (string | undefined)[],
  { principals, doubts }: JewelGroup,
): ReadonlyMap<string, Certainty> {
  const found = new Map<string, Certainty>()
  for (let i = 0; i < principals.length; i++) {
    const key = people[principals[i] ?? -1]
    if (key !== undefined && !found.has(key)) found.set(key, certaintyOf(doubts[i] ?? 2))
  }
  return found
}

export function identityLink(id: NodeId): string {
  return `/identities/${encodeURIComponent(id)}`
}

export function pathsLink(from: NodeId | null, to: NodeId): string {
  const start = from === null ? '' : `from=${encodeURIComponent(from)}&`
  return `/paths?${start}to=${encodeURIComponent(to)}`
}
