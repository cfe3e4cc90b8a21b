import type { Derivation, Edge, NodeId, PrincipalNode } from '../../../../graph/index.ts'
import { derived, nativeId, nodeId } from '../../../../graph/index.ts'
import { push } from '../../../multimap.ts'
import type { DelegatedPermission } from '../../delegated-permissions.ts'
import type { Context } from '../context.ts'
import type { SigningIn } from './signing-in.ts'

/**
 * Nodes that stand for users and groups as far as one delegated permission covers what they may do. Every application that has
 * the permission shares them: edges grow with those who may do something plus applications, not with their product.
 */
export class StandIns {
  readonly nodes: PrincipalNode[] = []
  readonly edges: Edge[] = []
  private readonly permission: DelegatedPermission
  private readonly context: Context
  private readonly signingIn: SigningIn
  private readonly covered = new Map<NodeId, Edge[]>()
  private readonly made = new Map<NodeId, NodeId>()
  private readonly joined = new Set<NodeId>()
  private everybody: NodeId | null | undefined

  /** `covered`: what everybody may do within the permission. */
  constructor(
    permission: DelegatedPermission,
    covered: readonly Edge[],
    context: Context,
    signingIn: SigningIn,
  ) {
    this.permission = permission
    this.context = context
    this.signingIn = signingIn
    for (const edge of covered) push(this.covered, edge.from, edge)
  }

  /** Who stands for one user; undefined: it may do nothing within the permission. */
  of(user: number): NodeId | undefined {
    const id = this.context.model.principals[user]
    if (id === undefined) return undefined
    const groups = this.signingIn.groupsOf(user).filter(({ group }) => this.covered.has(group))
    if (groups.length === 0 && !this.covered.has(id)) return undefined
    const node = this.standIn(id)
    if (this.joined.has(id)) return node
    this.joined.add(id)
    for (const { group, because } of groups) {
      const edge = {
        from: node,
        to: this.standIn(group),
        rule: 'group-membership',
        label: 'member of',
      } as const
      this.edges.push({ ...edge, kind: 'can-become', certainty: 'certain', conditions: [], because })
    }
    return node
  }

  /** Who stands for whichever user signs in; undefined: no user may do anything within the permission. */
  ofAll(because: Derivation): NodeId | undefined {
    if (this.everybody === undefined) this.everybody = this.makeEverybody(because)
    return this.everybody ?? undefined
  }

  private makeEverybody(because: Derivation): NodeId | null {
    const found = [...this.covered.keys()].flatMap((who) => {
      const doubts = this.signingIn.doubts(who)
      return doubts === undefined ? [] : [{ who, doubts }]
    })
    if (found.length === 0) return null
    const node = this.node('*', 'whoever signs in')
    const rule = 'signed-in-user'
    for (const { who, doubts } of found) {
      const says = this.signingIn.says(who)
      const edge = { kind: 'can-become', from: node, to: this.standIn(who), rule, label: 'signs in' } as const
      this.edges.push({
        ...edge,
        certainty: doubts.length > 0 ? 'unknown' : 'conditional',
        conditions: [...doubts.map((doubt) => doubt.says), says],
        because: derived(rule, `${this.signingIn.nameOf(who)} may sign in, as every user may`, [because]),
      })
    }
    return node
  }

  private standIn(who: NodeId): NodeId {
    const known = this.made.get(who)
    if (known !== undefined) return known
    const node = this.node(nativeId(who), this.signingIn.nameOf(who))
    this.made.set(who, node)
    for (const edge of this.covered.get(who) ?? []) this.edges.push({ ...edge, from: node })
    return node
  }

  private node(who: string, name: string): NodeId {
    const { api, of, scope } = this.permission
    const id = nodeId('azure', `delegated/${api}/${scope}/${who}`)
    this.nodes.push({
      kind: 'principal',
      type: 'group',
      id,
      cloud: 'azure',
      name: `${name}, within ${scope} of ${of}`,
      scope: this.context.tenant,
      tags: [],
      seen: null,
      human: false,
      many: true,
    })
    return id
  }
}
