import type { Edge, GraphNode, NodeId, PrincipalNode } from '../../../../graph/index.ts'
import { push } from '../../../multimap.ts'
import type { Administrator } from '../administrators.ts'
import type { Assumption } from '../assume-role.ts'
import type { Judge } from '../judge.ts'
import { Settled, type Standing } from '../settled.ts'
import { Become } from './become.ts'
import { bundled } from './bundle.ts'
import { grantsByAssumption, grantsInside } from './grants.ts'
import { Targets } from './targets.ts'
import { unlistedEdges } from './unlisted.ts'

/** What the ways into every account rest on; structured-clonable. */
export interface Footing {
  /** Who can assume a role. */
  readonly assuming: ReadonlySet<NodeId>
  /** By account: who can make itself its administrator, and how surely. */
  readonly granters: ReadonlyMap<number, readonly Standing[]>
}

/** What the techniques make possible in one account. */
export interface Escalated {
  readonly nodes: readonly PrincipalNode[]
  readonly edges: readonly Edge[]
}

/** What the techniques of the registry make possible, but for what a principal does to itself and plain role assumption. */
export function escalations(
  judge: Judge,
  nodes: readonly GraphNode[],
  administrators: ReadonlyMap<number, Administrator>,
  assumed: { readonly edges: readonly Edge[]; readonly assumptions: readonly Assumption[] },
): Escalated {
  const { footing, edges } = footingOf(judge, nodes, administrators, assumed)
  const ways = new Ways(judge, nodes, administrators, footing)
  return joined(
    edges,
    judge.estate.state.accounts.map((_, account) => ways.into(account)),
  )
}

/** What can be told before anybody asks for the ways into an account, and the edges of those who can grant themselves it. */
export function footingOf(
  judge: Judge,
  nodes: readonly GraphNode[],
  administrators: ReadonlyMap<number, Administrator>,
  assumed: { readonly edges: readonly Edge[]; readonly assumptions: readonly Assumption[] },
): { readonly footing: Footing; readonly edges: readonly Edge[] } {
  const { estate } = judge
  const assuming = new Set<NodeId>(assumed.edges.map((edge) => edge.from))
  // An administrator has no edges to the roles of its account; it can let itself assume them.
  for (const principal of administrators.keys()) assuming.add(estate.nodeOf(principal))
  const targets = new Targets(judge, nodes, assuming)
  const grants = [
    ...grantsByAssumption(judge, targets, administrators, assumed.assumptions),
    ...grantsInside(judge, targets, administrators),
  ]
  const granters = new Map<number, Standing[]>()
  for (const { actor, edge } of grants) {
    push(granters, estate.accountOfPrincipal(actor), { principal: actor, certainty: edge.certainty })
  }
  return { footing: { assuming, granters }, edges: grants.map(({ edge }) => edge) }
}

export function joined(grants: readonly Edge[], accounts: readonly Escalated[]): Escalated {
  return {
    nodes: accounts.flatMap(({ nodes }) => nodes),
    edges: [...grants, ...accounts.flatMap(({ edges }) => edges)],
  }
}

/** The ways into each account. An account's do not hang on which others were asked for before. */
export class Ways {
  private readonly judge: Judge
  private readonly footing: Footing
  private readonly targets: Targets
  private readonly administrators = new Map<number, Standing[]>()

  constructor(
    judge: Judge,
    nodes: readonly GraphNode[],
    administrators: ReadonlyMap<number, Administrator>,
    footing: Footing,
  ) {
    this.judge = judge
    this.footing = footing
    this.targets = new Targets(judge, nodes, footing.assuming)
    for (const { account, principal, allowed } of administrators.values()) {
      push(this.administrators, account, { principal, certainty: allowed.certainty })
    }
  }

  into(account: number): Escalated {
    const { judge, targets } = this
    const administrators = this.administrators.get(account) ?? []
    const settled = new Settled(judge, administrators, this.footing.granters.get(account) ?? [])
    const ways = [...new Become(judge, targets, settled, account).ways()]
    const told = bundled(judge, account, ways)
    const reached = new Set(told.edges.map((edge) => edge.to))
    const unlisted = targets.unlistedIn(account).filter(({ node }) => reached.has(node.id))
    return {
      nodes: [...told.nodes, ...unlisted.map(({ node }) => node)],
      edges: [...told.edges, ...unlistedEdges(judge, unlisted)],
    }
  }
}
