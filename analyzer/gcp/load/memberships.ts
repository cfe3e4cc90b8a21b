import type { Edge, SourceRef } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import { Hierarchy } from '../hierarchy.ts'
import { Population } from '../population.ts'
import type { GcpState } from '../state.ts'

/**
 * `member-of` edges: of groups as listed; of domains, pools and the service accounts of a container as far as their
 * members are known. Nobody is drawn into `allUsers`.
 */
export function membershipEdges(state: GcpState): Edge[] {
  const edges: Edge[] = []
  const add = (member: number, set: number, at: SourceRef | undefined, rule: string): void => {
    if (at === undefined || member === set) return
    const [who, whole] = [state.members[member] ?? '', state.members[set] ?? '']
    edges.push({
      kind: 'member-of',
      from: nodeId('gcp', who),
      to: nodeId('gcp', whole),
      rule,
      label: 'member of',
      certainty: 'certain',
      conditions: [],
      because: observed(at, `${who} is a member of ${whole}`),
    })
  }
  for (const [group, { members, at }] of state.groups) {
    members.forEach((member, i) => add(member, group, at[i], 'group-membership'))
  }
  const population = new Population(state)
  const hierarchy = new Hierarchy(state)
  const places = firstPlaces(state)
  for (let set = 0; set < state.principals; set++) {
    const member = population.of(set)
    if (member.type === 'domain') {
      for (const user of population.usersOf(member.domain))
        add(user, set, places.get(user), 'domain-membership')
    } else if (member.type === 'pool-all') {
      for (const one of population.inPool(member.pool)) add(one, set, places.get(one), 'pool-membership')
    } else if (member.type === 'service-accounts-of') {
      for (const account of population.serviceAccounts) {
        if (population.accountIsIn(account, member.container, hierarchy) !== true) continue
        add(account, set, places.get(account) ?? places.get(set), 'container-membership')
      }
    }
  }
  return edges
}

/** Where each member is first named. */
function firstPlaces(state: GcpState): ReadonlyMap<number, SourceRef> {
  const places = new Map<number, SourceRef>()
  const note = (member: number, at: SourceRef | undefined): void => {
    if (at !== undefined && !places.has(member)) places.set(member, at)
  }
  for (const { members, at } of state.bindings) for (const member of members) note(member, at)
  for (const { members, at } of state.groups.values()) members.forEach((member, i) => note(member, at[i]))
  return places
}
