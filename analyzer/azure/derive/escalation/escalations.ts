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
export class AzureEscalations {
  private readonly context: Context
  private readonly graph: GraphPermissions
  private readonly work: Escalations<On>
  private readonly targets: Targets
  private readonly directory: DirectoryTargets
  private readonly places: Places

  constructor(
    administrators: ReadonlyMap<NodeId, readonly Holder[]>,
    context: Context,
    jewels: readonly CrownJewel[],
    edges: PowerEdges,
  ) {
    const { model, holders, because, state, nodes } = context
    this.context = context
    this.graph = new GraphPermissions(context)
    this.work = new Escalations<On>(
      {
        model,
        holders,
        because: (holder) => this.graph.because(holder) ?? because(holder),
        administrators: byScope(administrators),
        isOne: (grantee) => state.principals[grantee]?.kind !== 'group',
        surely: (principal) => [principal, ...model.membership.groupsOf(principal).keys()],
        nameOf: (grantee) => state.principals[grantee]?.name ?? '',
        seenAt: (end) => nodes.get(end)?.seen ?? undefined,
        many: 'managed-identity',
        isContainer: (native) => nodes.has(nodeId('azure', native)),
      },
      edges,
    )
    this.targets = new Targets(context, jewels)
    this.directory = new DirectoryTargets(context)
    this.places = new Places(context, this.work)
    this.tell(this.work, TECHNIQUES)
  }

  /** The edges of some techniques once more, for who administers only so much. */
  again(
    techniques: readonly Technique[],
    administrators: ReadonlyMap<NodeId, readonly Holder[]>,
    edges: PowerEdges,
  ): void {
    this.tell(this.work.again(edges, byScope(administrators)), techniques)
  }

  /** Nodes that stand for those in several groups. */
  get overlaps(): { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] } {
    return this.work.overlaps
  }

  get nodes(): readonly GraphNode[] {
    return [...this.work.overlaps.nodes, ...this.work.nodes]
  }

  get edges(): readonly Edge[] {
    return [...this.work.overlaps.edges, ...this.work.edges]
  }

  private tell(work: Escalations<On>, techniques: readonly Technique[]): void {
    for (const technique of techniques) {
      for (const way of technique.ways) {
        const placed = way.filter(({ on }) => on === 'place')
        const own = way.filter(({ on }) => !ELSEWHERE.has(on))
        for (const { target, also } of this.asked(technique, way, placed))
          work.ask(technique, own, target, also)
      }
    }
  }

  private *asked(technique: Technique, way: readonly Need[], placed: readonly Need[]): Generator<Asked> {
    const { whom } = technique
    if (whom.kind === 'custom-role') {
      yield* customRoles(this.context, way)
      return
    }
    const type = whom.kind === 'identity' ? whom.at : undefined
    const also = [
      ...(placed.length === 0 ? [] : [this.places.of(placed, type)]),
      ...way.flatMap(({ permission, on }) => (on === 'graph' ? [this.graph.of(permission)] : [])),
    ]
    if (also.some((list) => list.length === 0)) return
    for (const target of [...this.targets.of(technique), ...this.directory.of(technique)])
      yield { target, also }
  }
}

function byScope(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
): ReadonlyMap<string, readonly Holder[]> {
  return new Map([...administrators].map(([id, list]) => [nativeId(id), list]))
}

/** What is not asked on a place of the target. */
const ELSEWHERE: ReadonlySet<On> = new Set(['place', 'role', 'graph'])
