import type { Edge, Evidence, NodeId, PrincipalNode } from '../../../../graph/index.ts'
import { derived, isNonEmpty, nodeId, observed } from '../../../../graph/index.ts'
import type { GcpModel } from '../../model.ts'

/** Nodes for those who are in each of several groups, so that what they can do together is told once. */
export class Overlaps {
  readonly nodes: PrincipalNode[] = []
  readonly edges: Edge[] = []
  private readonly model: GcpModel
  private readonly members = new Map<string, readonly number[]>()
  private readonly made = new Map<string, NodeId>()

  constructor(model: GcpModel) {
    this.model = model
  }

  isEmpty(who: readonly number[]): boolean {
    return this.membersOf(who).length === 0
  }

  /** The node of those whom all of the grantees mean. `because`: the bindings that make it matter. */
  node(who: readonly number[], because: Evidence): NodeId {
    const key = who.join(' ')
    const known = this.made.get(key)
    if (known !== undefined) return known
    const names = who.map((grantee) => this.model.state.members[grantee] ?? '')
    const node: PrincipalNode = {
      kind: 'principal',
      type: 'group',
      id: nodeId('gcp', `all-of/${names.join(',')}`),
      cloud: 'gcp',
      name: `members of ${names.join(' and ')}`,
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
    const says = `${this.model.state.members[member] ?? ''} is one of the ${node.name}`
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
        const { type } = this.model.meaning.population.of(member)
        if (!not.has(member) && (type === 'user' || type === 'serviceAccount' || type === 'pool-subject'))
          found.add(member)
      }
    }
    return found
  }
}
