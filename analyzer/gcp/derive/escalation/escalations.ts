import type { CrownJewel, Edge, GraphNode } from '../../../../graph/index.ts'
import { nodeId } from '../../../../graph/index.ts'
import type { PowerEdges } from '../../../grants/edges.ts'
import { Escalations } from '../../../grants/escalation/escalations.ts'
import type { Holder } from '../../../grants/holders.ts'
import { TECHNIQUES } from '../../techniques/registry.ts'
import type { On } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import { AccountClasses } from './accounts.ts'
import { chains } from './delegation.ts'
import { Targets } from './targets.ts'

/**
 * The edges of every technique. Ends that are alike are asked about once, and many of them share a node: holders + ends
 * edges, not holders × ends. Whoever administers what is above an end is left out: that is told by the edge to it.
 */
export function escalationEdges(
  administrators: ReadonlyMap<string, readonly Holder[]>,
  context: Context,
  imported: readonly Edge[],
  jewels: readonly CrownJewel[],
  edges: PowerEdges,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] } {
  const { model, holders, because, state, nodes } = context
  const classes = new AccountClasses(context)
  const targets = new Targets(context, classes, imported, jewels)
  const seenAt = new Map(
    state.serviceAccounts.map(({ email, at }) => [nodeId('gcp', `serviceAccount:${email}`), at]),
  )
  const work = new Escalations<On>(
    {
      model,
      holders,
      because,
      administrators,
      isOne: (grantee) => ONE.has(model.meaning.population.of(grantee).type),
      surely: (principal) => model.granteesOf(principal),
      nameOf: (grantee) => state.members[grantee] ?? '',
      seenAt: (end) => seenAt.get(end),
      many: 'service-account',
      isContainer: (native) => nodes.has(nodeId('gcp', native)),
    },
    edges,
  )
  for (const technique of TECHNIQUES) {
    if (technique.whom.kind === 'delegated') {
      for (const { target, joint } of chains(context, classes)) work.tell(technique, target, [joint])
    } else {
      for (const target of targets.of(technique)) {
        for (const way of technique.ways) work.ask(technique, way, target)
      }
    }
  }
  const { overlaps } = work
  return { nodes: [...overlaps.nodes, ...work.nodes], edges: [...overlaps.edges, ...work.edges] }
}

/** Members that mean one principal. */
const ONE: ReadonlySet<string> = new Set(['user', 'serviceAccount', 'pool-subject'])
