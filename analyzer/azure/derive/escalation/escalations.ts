import type { CrownJewel, Edge, GraphNode, NodeId } from '../../../../graph/index.ts'
import { nativeId, nodeId } from '../../../../graph/index.ts'
import type { PowerEdges } from '../../../grants/edges.ts'
import { Escalations } from '../../../grants/escalation/escalations.ts'
import type { Holder } from '../../../grants/holders.ts'
import { TECHNIQUES } from '../../techniques/registry.ts'
import type { Need, On, Technique } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import type { Asked } from './asked.ts'
import { customRoles } from './custom-roles.ts'
import { DirectoryTargets } from './directory-targets.ts'
import { GraphPermissions } from './graph-permissions.ts'
import { Places } from './place.ts'
import { Targets } from './targets.ts'

/**
 * The edges of every technique. Ends that are alike are asked about once, and many of them share a node: holders + ends
 * edges, not holders × ends. Whoever administers what is above an end is left out: that is told by the edge to it.
 */
export function escalationEdges(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
  jewels: readonly CrownJewel[],
  edges: PowerEdges,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] } {
  const { model, holders, because, state, nodes } = context
  const graph = new GraphPermissions(context)
  const work = new Escalations<On>(
    {
      model,
      holders,
      because: (holder) => graph.because(holder) ?? because(holder),
      administrators: new Map([...administrators].map(([id, list]) => [nativeId(id), list])),
      isOne: (grantee) => state.principals[grantee]?.kind !== 'group',
      surely: (principal) => [principal, ...model.membership.groupsOf(principal).keys()],
      nameOf: (grantee) => state.principals[grantee]?.name ?? '',
      seenAt: (end) => nodes.get(end)?.seen ?? undefined,
      many: 'managed-identity',
      isContainer: (native) => nodes.has(nodeId('azure', native)),
    },
    edges,
  )
  const targets = new Targets(context, jewels)
  const directory = new DirectoryTargets(context)
  const places = new Places(context, work)
  for (const technique of TECHNIQUES) {
    for (const way of technique.ways) {
      const placed = way.filter(({ on }) => on === 'place')
      const own = way.filter(({ on }) => !ELSEWHERE.has(on))
      for (const { target, also } of asked(technique, way, placed)) work.ask(technique, own, target, also)
    }
  }
  const { overlaps } = work
  return { nodes: [...overlaps.nodes, ...work.nodes], edges: [...overlaps.edges, ...work.edges] }

  function* asked(technique: Technique, way: readonly Need[], placed: readonly Need[]): Generator<Asked> {
    const { whom } = technique
    if (whom.kind === 'custom-role') {
      yield* customRoles(context, way)
      return
    }
    const type = whom.kind === 'identity' ? whom.at : undefined
    const also = [
      ...(placed.length === 0 ? [] : [places.of(placed, type)]),
      ...way.flatMap(({ permission, on }) => (on === 'graph' ? [graph.of(permission)] : [])),
    ]
    if (also.some((list) => list.length === 0)) return
    for (const target of [...targets.of(technique), ...directory.of(technique)]) yield { target, also }
  }
}

/** What is not asked on a place of the target. */
const ELSEWHERE: ReadonlySet<On> = new Set(['place', 'role', 'graph'])
