import type {
  CrownJewel,
  Derivation,
  Edge,
  Evidence,
  GraphNode,
  NodeId,
  PrincipalNode,
  SourceRef,
} from '../../../../graph/index.ts'
import { derived, nativeId, nodeId, observed } from '../../../../graph/index.ts'
import type { PowerEdges } from '../../../grants/edges.ts'
import type { Holder } from '../../../grants/holders.ts'
import { TECHNIQUES } from '../../techniques/registry.ts'
import type { Need, Technique } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'
import { AccountClasses } from './accounts.ts'
import { chains } from './delegation.ts'
import type { Joint } from './joint.ts'
import { Joiner, isSure } from './joint.ts'
import { Overlaps } from './overlaps.ts'
import type { Target } from './target.ts'
import { Told, certaintyOf, leastOf } from './told.ts'
import { Targets } from './targets.ts'

/** Fewer ends are told one by one. */
const LEAST = 5

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
  const classes = new AccountClasses(context)
  const targets = new Targets(context, classes, imported, jewels)
  const work = new Escalations(context, administrators, edges)
  for (const technique of TECHNIQUES) {
    if (technique.whom.kind === 'delegated') {
      for (const { target, joint } of chains(context, classes)) work.tell(technique, target, [joint])
    } else {
      for (const target of targets.of(technique)) work.ask(technique, target)
    }
  }
  const { overlaps } = work
  return { nodes: [...overlaps.nodes, ...work.nodes], edges: [...overlaps.edges, ...work.edges] }
}

class Escalations {
  readonly nodes: PrincipalNode[] = []
  readonly edges: Edge[] = []
  readonly overlaps: Overlaps
  private readonly context: Context
  private readonly administrators: ReadonlyMap<string, readonly Holder[]>
  private readonly power: PowerEdges
  private readonly joiner: Joiner
  private readonly told = new Told()
  private readonly onWhom = new Map<string, readonly Holder[]>()
  private readonly standing = new Map<string, NodeId>()
  private readonly seenAt: ReadonlyMap<NodeId, SourceRef>
  private readonly settledAt = new Map<readonly string[], ReadonlySet<NodeId>>()

  constructor(context: Context, administrators: ReadonlyMap<string, readonly Holder[]>, power: PowerEdges) {
    this.context = context
    this.administrators = administrators
    this.power = power
    this.seenAt = new Map(
      context.state.serviceAccounts.map(({ email, at }) => [nodeId('gcp', `serviceAccount:${email}`), at]),
    )
    this.overlaps = new Overlaps(context.model)
    this.joiner = new Joiner(context.model, (who) => this.overlaps.isEmpty(who))
  }

  ask(technique: Technique, target: Target): void {
    const least = leastOf(target, technique.assumes, technique.missing)
    const covers = technique.effect === 'become' ? this.told.covers(target) : () => false
    for (const way of technique.ways) {
      const lists: (readonly Holder[])[] = target.also === undefined ? [] : [target.also]
      // The right to act as the account comes last and is the rarest.
      for (const need of way.toReversed()) {
        const found = this.holders(need, target).filter(({ grantee }) => !covers(grantee, least))
        if (found.length === 0) break
        lists.push(found)
      }
      if (lists.length === way.length + (target.also === undefined ? 0 : 1))
        this.tell(technique, target, this.joiner.join(lists))
    }
  }

  /** Edges for those who can use a technique on a target. */
  tell(technique: Technique, target: Target, joints: readonly Joint[]): void {
    const settled = this.settled(target.above)
    const least = leastOf(target, technique.assumes, technique.missing)
    for (const joint of joints) {
      const [first, ...others] = joint.by
      const because: Evidence = [
        this.context.because(first),
        ...others.map((one) => this.context.because(one)),
      ]
      const from = this.from(joint, because)
      if (from === undefined || settled.has(from)) continue
      const { assumes, missing } = technique
      if (technique.effect === 'become') this.told.note(target, joint, certaintyOf(joint, least))
      const conditions = [...joint.conditions, ...(assumes === undefined ? [] : [{ says: assumes }])]
      const doubts = [
        ...joint.doubts,
        ...target.doubts,
        ...(missing === undefined ? [] : [{ says: `not known: ${missing}` }]),
      ]
      const ends = this.endsOf(target, because)
      for (const to of ends) {
        const whom = ends.length === target.ends.length ? nativeId(to) : target.name
        const proof = (): Derivation => this.proof(technique, from, whom, withHost(target, to, because))
        this.power.put(powerOf(technique, to), from, conditions, doubts, proof)
      }
    }
  }

  private holders({ permission, on }: Need, target: Target): readonly Holder[] {
    const place = target.places[on]
    if (place === undefined) return []
    if (on !== 'whom') return this.context.holders.of(permission, place)
    // Asked by most techniques again.
    const key = `${permission} ${place}`
    let found = this.onWhom.get(key)
    if (found === undefined) {
      found = this.context.holders.of(permission, place)
      this.onWhom.set(key, found)
    }
    return found
  }

  private proof({ id, says }: Technique, from: NodeId, whom: string, because: Evidence): Derivation {
    return derived(id, `${nativeId(from)} ${says.replace('{whom}', () => whom)}`, because)
  }

  private from({ who }: Joint, because: Evidence): NodeId | undefined {
    const [only, ...others] = who
    if (only === undefined) return undefined
    return others.length === 0 ? this.context.model.principals[only] : this.overlaps.node(who, because)
  }

  /** The ends themselves, or the node that stands for them. */
  private endsOf({ ends, name, places }: Target, because: Evidence): readonly NodeId[] {
    if (ends.length < LEAST) return ends
    const key = ends.join('\n')
    let id = this.standing.get(key)
    if (id === undefined) {
      id = nodeId('gcp', `any-of/${places.project ?? ''}/${this.standing.size + 1}`)
      this.standing.set(key, id)
      const scope = places.project === undefined ? undefined : nodeId('gcp', places.project)
      this.nodes.push({
        kind: 'principal',
        type: 'service-account',
        id,
        cloud: 'gcp',
        name,
        scope: scope !== undefined && this.context.nodes.has(scope) ? scope : null,
        tags: [],
        seen: null,
        human: false,
      })
      for (const to of ends) {
        const rule = 'one-of-many'
        const says = `${nativeId(to)} is one of ${name}`
        const at = this.seenAt.get(to)
        const evidence: Evidence =
          at === undefined ? because : [observed(at, `${nativeId(to)} is in the estate`)]
        this.edges.push({
          kind: 'can-become',
          from: id,
          to,
          rule,
          label: 'one of them',
          certainty: 'certain',
          conditions: [],
          because: derived(rule, says, evidence),
        })
      }
    }
    return [id]
  }

  private settled(above: readonly string[]): ReadonlySet<NodeId> {
    let known = this.settledAt.get(above)
    if (known === undefined) {
      known = new Set(
        above.flatMap((scope) =>
          (this.administrators.get(scope) ?? []).filter(isSure).map(({ principal }) => principal),
        ),
      )
      this.settledAt.set(above, known)
    }
    return known
  }
}

/** The bindings, and that a resource runs as the account. */
function withHost({ hosts }: Target, to: NodeId, because: Evidence): Evidence {
  const host = hosts?.get(to)
  if (host === undefined || host.seen === null) return because
  const [first, ...others] = because
  return [first, ...others, observed(host.seen, `${nativeId(host.id)} runs as ${nativeId(to)}`)]
}

function powerOf({ id, label, effect }: Technique, to: NodeId): Parameters<PowerEdges['put']>[0] {
  return effect === 'become'
    ? { kind: 'can-become', to, rule: id, label }
    : { kind: 'can-access', to, rule: id, label, level: effect }
}
