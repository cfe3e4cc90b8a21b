import type {
  GraphNode,
  MappedPerson,
  NodeId,
  PersonIdentifier,
  PersonLink,
  PersonRule,
  PrincipalNode,
} from '../../graph/index.ts'
import { nativeId, observed } from '../../graph/index.ts'
import { Joined } from './joined.ts'

/** Accounts that are one person's. */
export interface LinkedPeople {
  readonly links: readonly PersonLink[]
  /** Of an account that is certainly somebody's who has another one: the first of them by id. */
  readonly firstOf: ReadonlyMap<NodeId, NodeId>
  /** Accounts of people, each person once: `certain` links join, or `any`. */
  readonly certain: number
  readonly any: number
  /** Accounts of the map that are not in the estate. */
  readonly unmatched: readonly string[]
}

const RULE_OF: Readonly<Record<PersonIdentifier['type'], PersonRule>> = {
  subject: 'identity-provider-subject',
  object: 'object-id',
  email: 'e-mail',
}

/**
 * Links accounts of people by what identifies them and by the operator's map, never by name. Two accounts with the same
 * identifier are certainly one person's when both are verified. Links form a star around the first verified account of
 * each identifier, so there are at most as many as identifiers.
 */
export function linkPeople(nodes: Iterable<GraphNode>, map: readonly MappedPerson[] = []): LinkedPeople {
  const accounts = [...nodes]
    .filter((node): node is PrincipalNode => node.kind === 'principal' && node.many !== true)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const people = accounts.filter((node) => node.human === true)
  const told = mapped(accounts, map)
  const links = [...identified(people), ...told.links]
  const sure = new Joined()
  const any = new Joined()
  for (const { from, to, certainty } of links) {
    if (certainty === 'certain') sure.join(from, to)
    any.join(from, to)
  }
  const persons = new Set([...people.map((node) => node.id), ...told.links.flatMap((l) => [l.from, l.to])])
  const countOf = (joined: Joined) => new Set([...persons].map((id) => joined.first(id))).size
  return {
    links,
    firstOf: sure.firsts(),
    certain: countOf(sure),
    any: countOf(any),
    unmatched: told.unmatched,
  }
}

interface Claim {
  readonly node: PrincipalNode
  readonly by: PersonIdentifier
}

function identified(people: readonly PrincipalNode[]): PersonLink[] {
  const claims = new Map<string, Claim[]>()
  for (const node of people) {
    for (const by of node.identifiers ?? []) {
      const key = `${by.type} ${by.value}`
      const known = claims.get(key)
      if (known === undefined) claims.set(key, [{ node, by }])
      else known.push({ node, by })
    }
  }
  return [...claims.values()].flatMap((all) => {
    const hub = all.find(({ by }) => by.verified) ?? all[0]
    if (hub === undefined) return []
    return all.filter(({ node }) => node.id !== hub.node.id).map((other) => link(hub, other))
  })
}

function link(hub: Claim, other: Claim): PersonLink {
  const doubts = [hub.by, other.by].filter((by) => !by.verified).map((by) => by.says)
  const conditions = [...new Set(doubts)]
  const certainty = conditions.length === 0 ? 'certain' : 'conditional'
  const { type, value } = hub.by
  const what = { subject: `the subject ${value}`, object: `the object id ${value}`, email: value }[type]
  const says =
    certainty === 'certain' ? `${what}: ${hub.by.says}; ${other.by.says}` : `both accounts give ${what}`
  return {
    from: hub.node.id,
    to: other.node.id,
    rule: RULE_OF[type],
    says,
    certainty,
    conditions,
    because: records(hub.node, other.node),
  }
}

function mapped(
  accounts: readonly PrincipalNode[],
  map: readonly MappedPerson[],
): { links: PersonLink[]; unmatched: string[] } {
  if (map.length === 0) return { links: [], unmatched: [] }
  const byName = new Map(accounts.flatMap((node) => [[nativeId(node.id), node] as const]))
  for (const node of accounts) byName.set(node.id, node)
  const unmatched: string[] = []
  const links = map.flatMap(({ name, identities, place }) => {
    const found: PrincipalNode[] = []
    for (const each of identities) {
      const node = byName.get(each)
      if (node === undefined) unmatched.push(each)
      else found.push(node)
    }
    const [hub, ...others] = found
    if (hub === undefined) return []
    return others.map((other): PersonLink => ({
      from: hub.id,
      to: other.id,
      rule: 'operator-map',
      says: `${place} tells that both are accounts of ${name}`,
      certainty: 'certain',
      conditions: [],
      because: records(hub, other),
    }))
  })
  return { links, unmatched }
}

function records(...nodes: readonly PrincipalNode[]): PersonLink['because'] {
  return nodes.flatMap((node) =>
    node.seen === null ? [] : [observed(node.seen, `${node.name} is described here`)],
  )
}
