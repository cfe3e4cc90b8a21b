import type { DecisionEngine, Edge, NodeId, PrincipalNode } from '../../graph/index.ts'
import { personKey } from '../../graph/index.ts'
import type { OpenEstate } from './open-estate.ts'

/**
 * Whom an engine is asked about when identities are meant: those it can answer for; for each of the others the principals
 * it becomes there by signing in, itself or through its groups, in the order of the edges.
 */
export async function actorsOf(
  estate: OpenEstate,
  engine: DecisionEngine,
  identities: readonly PrincipalNode[],
): Promise<PrincipalNode[]> {
  const answerable = new Set(engine.principals)
  const found = new Map<NodeId, PrincipalNode>()
  const selves = new Set<NodeId>()
  for (const identity of identities) {
    if (answerable.has(identity.id)) found.set(identity.id, identity)
    else selves.add(identity.id)
  }
  if (selves.size === 0) return [...found.values()]
  const nodes = await estate.nodes()
  const edges = await estate.edges()
  // A Set visits what is added to it while it is walked: groups of groups are reached.
  for (const self of selves) {
    for (const edge of edges) if (edge.from === self && edge.kind === 'member-of') selves.add(edge.to)
  }
  for (const edge of edges) {
    if (edge.kind !== 'can-become' || !selves.has(edge.from) || !answerable.has(edge.to)) continue
    const node = nodes.get(edge.to)
    if (node?.kind === 'principal') found.set(node.id, node)
  }
  return [...found.values()]
}

/** A person who signs in to principals. */
export interface SignsIn {
  readonly person: PrincipalNode
  readonly as: readonly NodeId[]
}

/**
 * The inverse of `actorsOf` over `targets`: people who become one of them by signing in, and for whom the engine cannot
 * answer themselves. One entry for each person, by name.
 */
export async function peopleBehind(
  estate: OpenEstate,
  engine: DecisionEngine,
  targets: ReadonlySet<NodeId>,
): Promise<SignsIn[]> {
  const nodes = await estate.nodes()
  const edges = await estate.edges()
  const answerable = new Set(engine.principals)
  const members = Map.groupBy(
    edges.filter((edge) => edge.kind === 'member-of'),
    (edge) => edge.to,
  )
  const behind = new Map<NodeId, { person: PrincipalNode; as: Set<NodeId> }>()
  for (const edge of edges) {
    if (edge.kind !== 'can-become' || !targets.has(edge.to)) continue
    for (const id of withMembers(edge.from, members)) {
      const node = nodes.get(id)
      if (node?.kind !== 'principal' || node.human !== true || answerable.has(id)) continue
      const key = personKey(node)
      const known = behind.get(key)
      if (known === undefined) behind.set(key, { person: node, as: new Set([edge.to]) })
      else known.as.add(edge.to)
    }
  }
  return [...behind.values()]
    .map(({ person, as }) => ({ person, as: [...as] }))
    .sort((a, b) => (a.person.name < b.person.name ? -1 : 1))
}

/** A principal and, when it is a group, everybody in it. */
function withMembers(id: NodeId, members: ReadonlyMap<NodeId, readonly Edge[]>): ReadonlySet<NodeId> {
  const all = new Set([id])
  for (const each of all) for (const edge of members.get(each) ?? []) all.add(edge.from)
  return all
}
