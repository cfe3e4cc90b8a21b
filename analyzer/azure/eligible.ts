import type { Membership } from '../grants/membership.ts'
import type { EligibleMemberState } from './state.ts'

const NOBODY: ReadonlySet<number> = new Set()

/** Who can become a member of which group by activating it, also through groups and through several activations. */
export class Eligible {
  private readonly entries: readonly EligibleMemberState[]
  private readonly membership: Membership
  private readonly byGroup = new Map<number, ReadonlySet<number>>()

  constructor(entries: readonly EligibleMemberState[], membership: Membership) {
    this.entries = entries
    this.membership = membership
  }

  /** Those who are not in the group and can get in. */
  among(group: number): ReadonlySet<number> {
    if (this.entries.length === 0) return NOBODY
    const known = this.byGroup.get(group)
    if (known !== undefined) return known
    const inside = new Set(this.membership.closure(group))
    const reached = new Set(inside)
    for (let before = -1; before !== reached.size;) {
      before = reached.size
      for (const entry of this.entries) {
        if (!reached.has(entry.group) || reached.has(entry.principal)) continue
        for (const who of this.membership.closure(entry.principal)) reached.add(who)
      }
    }
    const found = reached.difference(inside)
    this.byGroup.set(group, found)
    return found
  }

  /** The groups that a principal can get into. */
  groupsOf(principal: number): ReadonlySet<number> {
    if (this.entries.length === 0) return NOBODY
    const above = new Set([principal, ...this.membership.groupsOf(principal).keys()])
    const found = new Set<number>()
    for (let before = -1; before !== above.size;) {
      before = above.size
      for (const { principal: who, group } of this.entries) {
        if (!above.has(who)) continue
        for (const each of [group, ...this.membership.groupsOf(group).keys()]) {
          above.add(each)
          found.add(each)
        }
      }
    }
    return found
  }

  /** The activations on the shortest way into a group, in turn, each with who makes it; none: none is needed, or none helps. */
  wayTo(principal: number, group: number): readonly Activation[] {
    if (!this.among(group).has(principal)) return []
    const ways = new Map<number, readonly Activation[]>([[principal, []]])
    for (const [at, way] of ways) {
      const above = this.membership.groupsOf(at)
      if (at === group || above.has(group)) return way
      for (const entry of this.entries) {
        const isWho = entry.principal === at || above.has(entry.principal)
        if (isWho && !ways.has(entry.group)) ways.set(entry.group, [...way, { at, entry }])
      }
    }
    return []
  }
}

/** An activation: whose, and by what. `at` is in `entry.principal`, or is it. */
export interface Activation {
  readonly at: number
  readonly entry: EligibleMemberState
}
