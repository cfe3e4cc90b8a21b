import type { Derivation, Edge, GraphNode, Missing, NodeId } from '../../../../graph/index.ts'
import { derived, isNonEmpty, nativeId, observed } from '../../../../graph/index.ts'
import { push } from '../../../multimap.ts'
import type { Context } from '../context.ts'

/** Who may sign in: users, and whoever is one of a group or of several groups. */
export class SigningIn {
  private readonly context: Context
  private readonly numbers: ReadonlyMap<NodeId, number>
  private readonly names: ReadonlyMap<NodeId, string>
  private readonly inOverlap = new Map<NodeId, Edge[]>()
  private readonly overlapsOf = new Map<NodeId, Edge[]>()

  /** `overlaps`: nodes that stand for those in several groups, and who is in them. */
  constructor(
    context: Context,
    overlaps: { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] },
  ) {
    this.context = context
    this.numbers = new Map(context.model.principals.map((id, number) => [id, number]))
    this.names = new Map(overlaps.nodes.map(({ id, name }) => [id, name]))
    for (const edge of overlaps.edges) {
      push(this.inOverlap, edge.to, edge)
      push(this.overlapsOf, edge.from, edge)
    }
  }

  nameOf(node: NodeId): string {
    return this.names.get(node) ?? this.context.nodes.get(node)?.name ?? nativeId(node)
  }

  /** That it is who signs in, in words. */
  says(node: NodeId): string {
    const number = this.numbers.get(node)
    const isOne = number !== undefined && this.context.state.principals[number]?.kind !== 'group'
    return isOne
      ? `it is ${this.nameOf(node)} who signs in`
      : `it is one of ${this.nameOf(node)} who signs in`
  }

  /** Whether a node is a user or holds one: what is not known of that; undefined: it surely is none. */
  doubts(node: NodeId): readonly Missing[] | undefined {
    const within = this.inOverlap.get(node)?.map(({ from }) => from) ?? [node]
    const found = within.map((one) => this.doubtsOfOne(one)).filter((list) => list !== undefined)
    return found.find((list) => list.length === 0) ?? found[0]
  }

  /** What a user has the rights of besides its own. */
  groupsOf(user: number): readonly { readonly group: NodeId; readonly because: Derivation }[] {
    const { model } = this.context
    const own = model.principals[user]
    const several = own === undefined ? [] : (this.overlapsOf.get(own) ?? [])
    const groups = [...model.membership.groupsOf(user).keys()].flatMap((number) => {
      const group = model.principals[number]
      const trail = model
        .trail(user, number)
        .flatMap(({ says, at }) => (at === null ? [] : [observed(at, says)]))
      if (group === undefined || own === undefined || !isNonEmpty(trail)) return []
      const says = `${this.nameOf(own)} is in ${this.nameOf(group)}`
      return [{ group, because: derived('group-membership', says, trail) }]
    })
    return [...groups, ...several.map(({ to, because }) => ({ group: to, because }))]
  }

  private doubtsOfOne(node: NodeId): readonly Missing[] | undefined {
    const { state, model } = this.context
    const number = this.numbers.get(node)
    const principal = number === undefined ? undefined : state.principals[number]
    if (number === undefined || principal === undefined) return undefined
    if (principal.kind === 'user') return []
    if (principal.kind === 'unknown') return [{ what: 'users', says: `whether ${principal.name} is a user` }]
    if (principal.kind !== 'group') return undefined
    const members = model.membership.closure(number)
    if (members.some((member) => state.principals[member]?.kind === 'user')) return []
    const isOpen = model.membership.openIn(number).length > 0
    const isUnclear = isOpen || members.some((member) => state.principals[member]?.kind === 'unknown')
    return isUnclear ? [{ what: 'group-members', says: `whether a user is in ${principal.name}` }] : undefined
  }
}
