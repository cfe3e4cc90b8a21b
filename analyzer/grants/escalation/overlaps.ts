import type { Edge, Evidence, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { derived, isNonEmpty, nativeId, nodeId, observed } from '../../../graph/index.ts'
import type { GrantModel } from '../model.ts'

/** Nodes for those who are in each of several groups, so that what they can do together is told once. */
export class Overlaps {
  readonly nodes: PrincipalNode[] = []
  readonly edges: Edge[] = []
  private readonly model: GrantModel
  private readonly isOne: (grantee: number) => boolean
  private readonly nameOf: (grantee: number) => string
  private readonly members = new Map<string, readonly number[]>()
  private readonly made = new Map<string, NodeId>()

  /** `isOne`: a grantee means itself alone. `nameOf`: what people call it. */
  constructor(model: GrantModel, isOne: (grantee: number) => boolean, nameOf: (grantee: number) => string) {
    this.model = model
    this.isOne = isOne
    this.nameOf = nameOf
  }

  isEmpty(who: readonly number[]): boolean {
    return this.membersOf(who).length === 0
  }

  /** The node of those whom all of the grantees mean. `because`: the bindings that make it matter. */
  node(who: readonly number[], because: Evidence): NodeId {
    const key = who.join(' ')
    const known = this.made.get(key)
    if (known !== undefined) return known
    const { cloud, principals } = this.model
    const ids = who.map((grantee) => principals[grantee]).filter((id) => id !== undefined)
    const node: PrincipalNode = {
      kind: 'principal',
      type: 'group',
      id: nodeId(cloud, `all-of/${ids.map(nativeId).join(',')}`),
      cloud,
      name: `members of ${who.map((grantee) => this.nameOf(grantee)).join(' and ')}`,
      scope: null,
      tags: [],
      seen: null,
      human: false,
    }
    this.made.set(key, node.id)
    this.nodes.push(node)
    for (const member of this.membersOf(who)) {
      const from = this.model.principals[member]
      if (from !== undefined) this.edges.push(this.edge(from, member, who, node, because))
    }
    return node.id
  }

  private edge(
    from: NodeId,
    member: number,
    who: readonly number[],
    node: PrincipalNode,
    because: Evidence,
  ): Edge {
    const trail = who
      .flatMap((grantee) => this.model.trail(member, grantee))
      .flatMap(({ says, at }) => (at === null ? [] : [observed(at, says)]))
    const says = `${this.nameOf(member)} is one of the ${node.name}`
    const rule = 'in-several-groups'
    return {
      kind: 'can-become',
      from,
      to: node.id,
      rule,
      label: 'in all of them',
      certainty: 'certain',
      conditions: [],
      because: derived(rule, says, isNonEmpty(trail) ? trail : because),
    }
  }

  /** Principals, not groups, that surely are meant by all. */
  private membersOf(who: readonly number[]): readonly number[] {
    const key = who.join(' ')
    let known = this.members.get(key)
    if (known === undefined) {
      const [first, ...others] = who.map((grantee) => this.meant(grantee))
      known = [...(first ?? [])].filter((member) => others.every((set) => set.has(member)))
      this.members.set(key, known)
    }
    return known
  }

  private meant(grantee: number): ReadonlySet<number> {
    const found = new Set<number>()
    for (const { hold, who, except } of this.model.reach(grantee)) {
      if (hold.doubt !== null || hold.conditions.length > 0) continue
      const not = new Set(except ?? [])
      for (const member of who) {
        if (!not.has(member) && this.isOne(member)) found.add(member)
      }
    }
    return found
  }
}
