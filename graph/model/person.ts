import type { Derivation } from './evidence.ts'
import type { Certainty } from './edge.ts'
import type { NodeId } from './ids.ts'
import type { PrincipalNode } from './node.ts'

/** `identity-provider-subject`, `object-id`, `e-mail`, `operator-map`: why two accounts are one person's. */
export const PERSON_RULES = ['identity-provider-subject', 'object-id', 'e-mail', 'operator-map'] as const
export type PersonRule = (typeof PERSON_RULES)[number]

/** Two accounts of one person. `conditional`: under the conditions; such accounts are never counted as one. */
export interface PersonLink {
  readonly from: NodeId
  readonly to: NodeId
  readonly rule: PersonRule
  readonly says: string
  readonly certainty: Exclude<Certainty, 'unknown'>
  readonly conditions: readonly string[]
  /** The records of the two accounts, of those that are described. */
  readonly because: readonly Derivation[]
}

/** One person, as the operator tells it: accounts by node id or by the cloud's own name. */
export interface MappedPerson {
  readonly name: string
  readonly identities: readonly string[]
  /** Where it is told: file and place. */
  readonly place: string
}

/** One person, however many accounts they have: the first of those that are certainly theirs. */
export function personKey(person: PrincipalNode): NodeId {
  return person.person ?? person.id
}

/** An account that belongs to a person, certainly (no conditions) or under conditions. */
export interface PersonAccount {
  readonly id: NodeId
  readonly conditions: readonly string[]
  /** The links that lead to it, the one at the account last; none for the account that was asked about. */
  readonly links: readonly PersonLink[]
}

/**
 * The accounts that are or may be of the person with this account, the certain ones first: each by a way with the fewest
 * conditional links. The account itself leads.
 */
export function accountsOf(id: NodeId, links: readonly PersonLink[]): readonly PersonAccount[] {
  const found = new Map<NodeId, PersonAccount>([[id, { id, conditions: [], links: [] }]])
  const beside = Map.groupBy(
    links.flatMap((link) => [
      { at: link.from, next: link.to, link },
      { at: link.to, next: link.from, link },
    ]),
    ({ at }) => at,
  )
  let ring = [...found.values()]
  while (ring.length > 0) {
    for (const account of ring) spread(account)
    const across = [...found.values()].flatMap((account) => crossing(account))
    ring = [...new Map(across.toReversed().map((account) => [account.id, account])).values()]
    for (const account of ring) found.set(account.id, account)
  }
  return [...found.values()]

  /** Everything that certain links join to an account, nearest first. */
  function spread(start: PersonAccount): void {
    const queue = [start]
    for (const account of queue) {
      for (const { next, link } of beside.get(account.id) ?? []) {
        if (link.certainty !== 'certain' || found.has(next)) continue
        const far = { id: next, conditions: account.conditions, links: [...account.links, link] }
        found.set(next, far)
        queue.push(far)
      }
    }
  }

  function crossing(account: PersonAccount): PersonAccount[] {
    return (beside.get(account.id) ?? []).flatMap(({ next, link }) => {
      if (found.has(next)) return []
      const conditions = [...new Set([...account.conditions, ...link.conditions])]
      return [{ id: next, conditions, links: [...account.links, link] }]
    })
  }
}
