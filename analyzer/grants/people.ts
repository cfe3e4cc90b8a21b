import type { Derivation, Evidence, NodeId, Remedy } from '../../graph/index.ts'
import { observed } from '../../graph/index.ts'
import type { Holder } from './holders.ts'
import type { Membership } from './membership.ts'
import type { GrantModel } from './model.ts'

/** Somebody for whom a holder stands; the proof, and what would end it, are made when they are asked for. */
export interface Person {
  readonly principal: NodeId
  readonly proof: () => { readonly evidence: Evidence; readonly remedy: Remedy }
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

/** Names the people behind holders. */
export class People {
  private readonly source: PeopleSource
  private readonly inside = new Map<number, readonly number[]>()

  constructor(source: PeopleSource) {
    this.source = source
  }

  /**
   * Those a holder stands for: itself, and where it is a group, everybody in it. The group itself is named only where
   * its members are not all known, or there are none.
   */
  *of(holder: Holder): Generator<Person> {
    const { source } = this
    const isGroup = source.isGroup(holder.grantee)
    const members = isGroup ? this.membersOf(holder.grantee) : []
    const own = isGroup
      ? members.length === 0 || source.membership.openIn(holder.grantee).length > 0
      : !source.isPassedOver(holder.grantee)
    if (own) {
      const proof: Person['proof'] = () => ({
        evidence: [source.because(holder)],
        remedy: source.removeGrant(holder),
      })
      yield { principal: holder.principal, proof }
    }
    for (const member of members) {
      const principal = source.model.principals[member]
      if (principal !== undefined) yield { principal, proof: () => this.membership(holder, member) }
    }
  }

  private membership(holder: Holder, member: number): { evidence: Evidence; remedy: Remedy } {
    const { source } = this
    const trail = source.model
      .trail(member, holder.grantee)
      .flatMap(({ says, at }): Derivation[] => (at === null ? [] : [observed(at, says)]))
    const [, group = holder.grantee] = source.membership.wayTo(member, holder.grantee)
    return { evidence: [source.because(holder), ...trail], remedy: source.removeMember(group, member) }
  }

  private membersOf(group: number): readonly number[] {
    let members = this.inside.get(group)
    if (members === undefined) {
      const { membership, isGroup, isPassedOver } = this.source
      members = [...membership.closure(group)].filter((member) => !isGroup(member) && !isPassedOver(member))
      this.inside.set(group, members)
    }
    return members
  }
}
