import type { Edge, GraphNode, NodeId, PrincipalNode } from '../../../../graph/index.ts'
import type { Administrator } from '../administrators.ts'
import type { Assumption } from '../assume-role.ts'
import type { Judge } from '../judge.ts'
import { Settled } from '../settled.ts'
import { Become } from './become.ts'
import { bundled } from './bundle.ts'
import { grantsByAssumption, grantsInside } from './grants.ts'
import { Targets } from './targets.ts'
import { unlistedEdges } from './unlisted.ts'

/** What the techniques of the registry make possible, but for what a principal does to itself and plain role assumption. */
export function escalations(
  judge: Judge,
  nodes: readonly GraphNode[],
  administrators: ReadonlyMap<number, Administrator>,
  assumed: { readonly edges: readonly Edge[]; readonly assumptions: readonly Assumption[] },
): { readonly nodes: readonly PrincipalNode[]; readonly edges: readonly Edge[] } {
  const { estate } = judge
  const assuming = new Set<NodeId>(assumed.edges.map((edge) => edge.from))
  // An administrator has no edges to the roles of its account; it can let itself assume them.
  for (const principal of administrators.keys()) assuming.add(estate.nodeOf(principal))
  const targets = new Targets(judge, nodes, assuming)
  const settled = new Settled(judge, administrators)
  const made: PrincipalNode[] = []
  const edges: Edge[] = []
  const grants = [
    ...grantsByAssumption(judge, targets, administrators, assumed.assumptions),
    ...grantsInside(judge, targets, administrators),
  ]
  for (const { actor, edge } of grants) {
    edges.push(edge)
    settled.administers(actor, edge.certainty)
  }
  for (let account = 0; account < estate.state.accounts.length; account++) {
    const ways = [...new Become(judge, targets, settled, account).ways()]
    const told = bundled(judge, account, ways)
    made.push(...told.nodes)
    edges.push(...told.edges)
  }
  const reached = new Set(edges.map((edge) => edge.to))
  const unlisted = [...targets.unlisted].filter(({ node }) => reached.has(node.id))
  for (const { node } of unlisted) made.push(node)
  edges.push(...unlistedEdges(judge, unlisted))
  return { nodes: made, edges }
}
