import type {
  Edge,
  Finding,
  GraphNode,
  Instant,
  NodeId,
  PrincipalNode,
  Severity,
} from '../../../graph/index.ts'
import type { AttackGraph } from '../../paths/attack-graph.ts'
import { type JewelGroup, type Reach, type ReachMap, rowsOfGroup } from '../../paths/reach.ts'

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

/** One person, however many accounts they have: by e-mail address, else by account. */
export function personKey(person: PrincipalNode): string {
  return person.email?.toLowerCase() ?? person.id
}

/** The person behind a node that can act; `undefined` for workloads, sets and disabled accounts. */
export function activePerson(nodes: ReadonlyMap<NodeId, GraphNode>, id: NodeId): PrincipalNode | undefined {
  const node = nodes.get(id)
  return node?.kind === 'principal' && node.human === true && node.enabled !== false ? node : undefined
}

/** The people among those who reach something: each once, by their most certain way. */
export function peopleOf(view: EstateView, group: JewelGroup): ReadonlyMap<string, Reach> {
  const people = new Map<string, Reach>()
  for (const row of rowsOfGroup(view.reach, group)) {
    const person = activePerson(view.nodes, row.node)
    if (person !== undefined && !people.has(personKey(person))) people.set(personKey(person), row)
  }
  return people
}

export function identityLink(id: NodeId): string {
  return `/identities/${encodeURIComponent(id)}`
}

export function pathsLink(from: NodeId | null, to: NodeId): string {
  const start = from === null ? '' : `from=${encodeURIComponent(from)}&`
  return `/paths?${start}to=${encodeURIComponent(to)}`
}
