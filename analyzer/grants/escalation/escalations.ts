import type { Derivation, Edge, Evidence, NodeId, PrincipalNode, SourceRef } from '../../../graph/index.ts'
import { derived, nativeId, nodeId, observed } from '../../../graph/index.ts'
import type { PowerEdges } from '../edges.ts'
import type { Holder, Holders } from '../holders.ts'
import type { GrantModel } from '../model.ts'
import type { Joint } from './joint.ts'
import { Joiner, alone, isSure } from './joint.ts'
import { Overlaps } from './overlaps.ts'
import type { Target } from './target.ts'
import type { Escalation, Needed } from './technique.ts'
import { Told, certaintyOf, leastOf } from './told.ts'

/** Fewer ends are told one by one. */
const LEAST = 5

/** What a cloud tells about its estate. */
export interface Ground {
  readonly model: GrantModel
  readonly holders: Holders
  /** The grant that makes a holder one. */
  readonly because: (holder: Holder) => Derivation
  /** A grantee means itself alone. */
  readonly isOne: (grantee: number) => boolean
  /** Every grantee that surely means a principal; a superset is fine. */
  readonly surely: (principal: number) => Iterable<number>
  /** What people call a grantee. */
  readonly nameOf: (grantee: number) => string
  /** Where an end was seen. */
  readonly seenAt: (end: NodeId) => SourceRef | undefined
  /** Who can give rights in what lies above an end, by container. */
  readonly administrators: ReadonlyMap<string, readonly Holder[]>
  /** What a node that stands for many ends is. */
  readonly many: PrincipalNode['type']
  readonly isContainer: (native: string) => boolean
}

/** Edges of techniques: who holds what is needed is joined, ends that are alike share a node, what is told is not told twice. */
export class Escalations<On extends string> {
  readonly nodes: PrincipalNode[]
  readonly edges: Edge[]
  readonly overlaps: Overlaps
  readonly joiner: Joiner
  private readonly ground: Ground
  private readonly power: PowerEdges
  private readonly told = new Told()
  private readonly onWhom: Map<string, readonly Holder[]>
  private readonly standing: Map<string, NodeId>
  private readonly settledAt = new Map<readonly string[], ReadonlySet<NodeId>>()

  /** `before`: what it found out, and the nodes it made, are used again. */
  constructor(ground: Ground, power: PowerEdges, before?: Escalations<On>) {
    this.ground = ground
    this.power = power
    this.nodes = before?.nodes ?? []
    this.edges = before?.edges ?? []
    this.onWhom = before?.onWhom ?? new Map<string, readonly Holder[]>()
    this.standing = before?.standing ?? new Map<string, NodeId>()
    this.overlaps = before?.overlaps ?? new Overlaps(ground.model, ground.isOne, ground.nameOf)
    const nobody = (who: readonly number[]): boolean => this.overlaps.isEmpty(who)
    this.joiner = before?.joiner ?? new Joiner(ground.model, ground.isOne, nobody, ground.surely)
  }

  /** Tells into other edges, and leaves out what other administrators have anyhow. */
  again(power: PowerEdges, administrators: Ground['administrators']): Escalations<On> {
    return new Escalations({ ...this.ground, administrators }, power, this)
  }

  /** Asks who holds every permission of a way. `also`: those who hold what else it needs. */
  ask(
    technique: Escalation,
    way: readonly Needed<On>[],
    target: Target<On>,
    also: readonly (readonly Joint[])[] = [],
  ): void {
    if (also.some((list) => list.length === 0)) return
    const least = leastOf(target, technique.assumes, technique.missing)
    const covers = technique.effect === 'become' ? this.told.covers(target) : () => false
    const lists: (readonly Joint[])[] = [...also]
    if (target.also !== undefined) lists.push(target.also.map(alone))
    // What is needed of the target itself comes last and is the rarest.
    for (const need of way.toReversed()) {
      const found = this.holders(need, target).filter(
        (holder) => target.by?.(holder) !== false && !covers(holder.grantee, least),
      )
      if (found.length === 0) return
      lists.push(found.map(alone))
    }
    if (lists.length > 0) this.tell(technique, target, this.joiner.join(lists))
  }

  /** Edges for those who can use a technique on a target. */
  tell(technique: Escalation, target: Target<On>, joints: readonly Joint[]): void {
    const settled = this.settled(target.above)
    const least = leastOf(target, technique.assumes, technique.missing)
    for (const joint of joints) {
      const [first, ...others] = joint.by
      const because: Evidence = [this.ground.because(first), ...others.map((one) => this.ground.because(one))]
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

  private holders({ permission, on }: Needed<On>, target: Target<On>): readonly Holder[] {
    const place = target.places[on]
    if (place === undefined) return []
    if (on !== 'whom') return this.ground.holders.of(permission, place)
    // Asked by most techniques again.
    const key = `${permission} ${place}`
    let found = this.onWhom.get(key)
    if (found === undefined) {
      found = this.ground.holders.of(permission, place)
      this.onWhom.set(key, found)
    }
    return found
  }

  private proof({ id, says }: Escalation, from: NodeId, whom: string, because: Evidence): Derivation {
    return derived(id, `${nativeId(from)} ${says.replace('{whom}', () => whom)}`, because)
  }

  private from({ who }: Joint, because: Evidence): NodeId | undefined {
    const [only, ...others] = who
    if (only === undefined) return undefined
    return others.length === 0 ? this.ground.model.principals[only] : this.overlaps.node(who, because)
  }

  /** The ends themselves, or the node that stands for them. */
  private endsOf({ ends, name, home }: Target<On>, because: Evidence): readonly NodeId[] {
    if (ends.length < LEAST) return ends
    const key = ends.join('\n')
    const { cloud } = this.ground.model
    let id = this.standing.get(key)
    if (id === undefined) {
      id = nodeId(cloud, `any-of/${home ?? ''}/${this.standing.size + 1}`)
      this.standing.set(key, id)
      this.nodes.push({
        kind: 'principal',
        type: this.ground.many,
        id,
        cloud,
        name,
        scope: home !== undefined && this.ground.isContainer(home) ? nodeId(cloud, home) : null,
        tags: [],
        seen: null,
        human: false,
      })
      for (const to of ends) this.edges.push(this.oneOf(id, to, name, because))
    }
    return [id]
  }

  private oneOf(from: NodeId, to: NodeId, name: string, because: Evidence): Edge {
    const rule = 'one-of-many'
    const says = `${nativeId(to)} is one of ${name}`
    const at = this.ground.seenAt(to)
    const evidence: Evidence = at === undefined ? because : [observed(at, `${nativeId(to)} is in the estate`)]
    return {
      kind: 'can-become',
      from,
      to,
      rule,
      label: 'one of them',
      certainty: 'certain',
      conditions: [],
      because: derived(rule, says, evidence),
    }
  }

  private settled(above: readonly string[]): ReadonlySet<NodeId> {
    let known = this.settledAt.get(above)
    if (known === undefined) {
      known = new Set(
        above.flatMap((scope) =>
          (this.ground.administrators.get(scope) ?? []).filter(isSure).map(({ principal }) => principal),
        ),
      )
      this.settledAt.set(above, known)
    }
    return known
  }
}

/** The grants, and that a resource runs as the account. */
function withHost({ hosts }: Target, to: NodeId, because: Evidence): Evidence {
  const host = hosts?.get(to)
  if (host === undefined || host.seen === null) return because
  const [first, ...others] = because
  return [first, ...others, observed(host.seen, `${nativeId(host.id)} runs as ${nativeId(to)}`)]
}

function powerOf({ id, label, effect }: Escalation, to: NodeId): Parameters<PowerEdges['put']>[0] {
  return effect === 'become'
    ? { kind: 'can-become', to, rule: id, label }
    : { kind: 'can-access', to, rule: id, label, level: effect }
}
