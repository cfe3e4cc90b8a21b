/**
 * Who is in which group, over small integers: groups and members are numbered alike. Nesting may be deep and cyclic.
 * A group whose members were not imported is open: anyone might be in it, and so in every group that holds it.
 */
export class Membership {
  private readonly members: ReadonlyMap<number, readonly number[]>
  private readonly isOpen: (group: number) => boolean
  private readonly parents = new Map<number, number[]>()
  private readonly above = new Map<number, ReadonlyMap<number, number>>()
  private readonly below = new Map<number, Int32Array>()
  private readonly open = new Map<number, readonly number[]>()

  /** `members`: direct members of each group whose listing was imported. `isOpen`: it is a group, and its was not. */
  constructor(members: ReadonlyMap<number, readonly number[]>, isOpen: (group: number) => boolean) {
    this.members = members
    this.isOpen = isOpen
    for (const [group, list] of members) {
      for (const member of list) {
        const known = this.parents.get(member)
        if (known === undefined) this.parents.set(member, [group])
        else known.push(group)
      }
    }
  }

  /** Every group that holds it, directly or through others; the value is the member through which (nearest first). */
  groupsOf(member: number): ReadonlyMap<number, number> {
    const known = this.above.get(member)
    if (known !== undefined) return known
    const found = new Map<number, number>()
    const queue = [member]
    for (const at of queue) {
      for (const group of this.parents.get(at) ?? []) {
        if (found.has(group)) continue
        found.set(group, at)
        queue.push(group)
      }
    }
    this.above.set(member, found)
    return found
  }

  /** The way from a member up to a group that holds it: the member, the groups between, the group. Empty: not in it. */
  wayTo(member: number, group: number): readonly number[] {
    const above = this.groupsOf(member)
    if (!above.has(group)) return []
    const way = [group]
    let at = group
    do {
      at = above.get(at) ?? member
      way.unshift(at)
    } while (at !== member)
    return way
  }

  /** The group itself and all it holds, directly or through other groups, each once. */
  closure(group: number): Int32Array {
    const known = this.below.get(group)
    if (known !== undefined) return known
    const seen = new Set([group])
    for (const at of seen) for (const member of this.members.get(at) ?? []) seen.add(member)
    const made = Int32Array.from(seen)
    this.below.set(group, made)
    return made
  }

  /** The open groups among the group and the groups it holds. */
  openIn(group: number): readonly number[] {
    let open = this.open.get(group)
    if (open === undefined) {
      open = [...this.closure(group)].filter((at) => this.isOpen(at))
      this.open.set(group, open)
    }
    return open
  }
}
