import type { Derivation, Evidence, NodeId, Remedy } from '../../graph/index.ts'
import { observed } from '../../graph/index.ts'
import type { Holder } from './holders.ts'
import type { Membership } from './membership.ts'
import type { GrantModel } from './model.ts'

/** Somebody for whom a holder stands, with the proof and what would end it. */
export interface Person {
  readonly principal: NodeId
  readonly evidence: Evidence
  readonly remedy: Remedy
}

/** What a cloud tells of its principals and grants, so that facts can name people. */
export interface PeopleSource {
  readonly model: GrantModel
  readonly membership: Membership
  readonly isGroup: (principal: number) => boolean
  /** Identities of the cloud's own services, which keep rights by design, and whatever else no fact is about. */
  readonly isPassedOver: (principal: number) => boolean
  readonly because: (holder: Holder) => Derivation
  readonly removeGrant: (holder: Holder) => Remedy
  readonly removeMember: (group: number, member: number) => Remedy
}

/**
 * Those a holder stands for: itself, and where it is a group, everybody in it. The group itself is named only where its
 * members are not all known, or there are none.
 */
export function peopleOf(holder: Holder, source: PeopleSource): Person[] {
  const { model, membership } = source
  const evidence = [source.because(holder)] as const
  const own: Person = { principal: holder.principal, evidence, remedy: source.removeGrant(holder) }
  if (!source.isGroup(holder.grantee)) return source.isPassedOver(holder.grantee) ? [] : [own]
  const people: Person[] = []
  for (const member of membership.closure(holder.grantee)) {
    const principal = model.principals[member]
    if (principal === undefined || source.isGroup(member) || source.isPassedOver(member)) continue
    const trail = model
      .trail(member, holder.grantee)
      .flatMap(({ says, at }): Derivation[] => (at === null ? [] : [observed(at, says)]))
    const [, group = holder.grantee] = membership.wayTo(member, holder.grantee)
    people.push({ principal, evidence: [...evidence, ...trail], remedy: source.removeMember(group, member) })
  }
  const open = membership.openIn(holder.grantee).length > 0
  return open || people.length === 0 ? [own, ...people] : people
}
