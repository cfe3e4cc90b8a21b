import { type GapState, isAbout } from '../grants/gaps.ts'
import type { Membership } from '../grants/membership.ts'
import type { Hold, Reach } from '../grants/model.ts'
import type { Activations } from './activation.ts'
import type { Eligible } from './eligible.ts'
import type { AzureState } from './state.ts'

/** How an assignment to a group means those who may become members of it, and those of whom that is not known. */
export class EligibleHolds {
  private readonly state: AzureState
  private readonly eligible: Eligible
  private readonly membership: Membership
  private readonly activations: Activations
  /** Listings of eligible members that were asked for and refused. */
  private readonly unread: readonly GapState[]
  private readonly unreadHolds = new Map<number, readonly Hold[]>()

  constructor(state: AzureState, eligible: Eligible, membership: Membership, activations: Activations) {
    this.state = state
    this.eligible = eligible
    this.membership = membership
    this.activations = activations
    this.unread = state.gaps.filter(
      ({ what, kind }) => what === 'group-eligibilities' && kind !== 'not-collected',
    )
  }

  /** Of a principal that may become a member: what the shortest way waits for. */
  of(principal: number, group: number): Hold {
    const entered = this.eligible.wayTo(principal, group).map(({ entry }) => entry.group)
    return { conditions: this.activations.ofMemberships(entered), doubt: null }
  }

  /** Everybody who may become a member, by what that waits for. */
  reach(group: number, inside: Reach['except']): readonly Reach[] {
    const alike = new Map<string, { readonly hold: Hold; readonly who: number[] }>()
    for (const who of this.eligible.among(group)) {
      const [only] = alike.values()
      if (only !== undefined && this.activations.areAlike) {
        only.who.push(who)
        continue
      }
      const hold = this.of(who, group)
      const key = hold.conditions.map(({ says }) => says).join()
      const known = alike.get(key)
      if (known === undefined) alike.set(key, { hold, who: [who] })
      else known.who.push(who)
    }
    return [...alike.values()].map(({ hold, who }) => ({ hold, who: Int32Array.from(who), except: inside }))
  }

  /** Of anybody: who may become a member, or who is in a group that may, was not imported. */
  open(group: number): readonly Hold[] {
    return [...this.openMembers(group), ...this.unreadEligible(group)]
  }

  private openMembers(group: number): readonly Hold[] {
    const open = [...this.eligible.among(group)].filter((each) => this.membership.openIn(each).length > 0)
    if (open.length === 0) return []
    const says = `the members of ${this.names(open)}, who may become members, were not imported`
    return [{ conditions: this.activations.ofMemberships([]), doubt: { what: 'group-memberships', says } }]
  }

  private unreadEligible(group: number): readonly Hold[] {
    if (this.unread.length === 0) return []
    let holds = this.unreadHolds.get(group)
    if (holds === undefined) {
      const inside = [...this.membership.closure(group)].filter((each) => this.isUnread(each))
      const says = `who may become a member of ${this.names(inside)} was not imported`
      holds = inside.length === 0 ? [] : [{ conditions: [], doubt: { what: 'group-eligibilities', says } }]
      this.unreadHolds.set(group, holds)
    }
    return holds
  }

  private isUnread(number: number): boolean {
    const { kind, id } = this.state.principals[number] ?? { kind: 'user', id: '' }
    return kind === 'group' && this.unread.some((gap) => isAbout(gap, [id]))
  }

  private names(groups: readonly number[]): string {
    return groups.map((group) => this.state.principals[group]?.name ?? '').join(', ')
  }
}
