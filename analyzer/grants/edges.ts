import type { AccessLevel, Derivation, Edge, EdgeKind, NodeId } from '../../graph/index.ts'
import { ACCESS_LEVELS } from '../../graph/index.ts'
import type { Holder } from './holders.ts'

/** What a derived edge says, but for who it starts from. */
export interface Power {
  readonly kind: Extract<EdgeKind, 'can-become' | 'can-access'>
  readonly to: NodeId
  readonly rule: string
  readonly label: string
  readonly level?: AccessLevel
}

/** Derived edges, at most one for each kind, start and end: the most certain, then the strongest. */
export class PowerEdges {
  private readonly edges = new Map<string, Map<NodeId, Edge>>()

  /** An edge from each holder; nothing becomes itself. */
  add(power: Power, holders: Iterable<Holder>, because: (holder: Holder) => Derivation): void {
    for (const holder of holders) {
      this.put(power, holder.principal, holder.conditions, holder.doubts, () => because(holder))
    }
  }

  put(
    power: Power,
    from: NodeId,
    conditions: readonly { readonly says: string }[],
    doubts: readonly { readonly says: string }[],
    because: () => Derivation,
  ): void {
    if (from === power.to) return
    const certainty = doubts.length > 0 ? 'unknown' : conditions.length > 0 ? 'conditional' : 'certain'
    const end = `${power.kind} ${power.to}`
    let starts = this.edges.get(end)
    if (starts === undefined) {
      starts = new Map()
      this.edges.set(end, starts)
    }
    const known = starts.get(from)
    if (known !== undefined && !isBetter(certainty, power.level, known)) return
    const says =
      certainty === 'certain' ? NONE : [...new Set([...doubts, ...conditions].map((missing) => missing.says))]
    starts.set(from, { ...power, from, certainty, conditions: says, because: because() })
  }

  list(): Edge[] {
    return [...this.edges.values()].flatMap((starts) => [...starts.values()])
  }
}

const NONE: readonly string[] = []
const CERTAINTIES: readonly Edge['certainty'][] = ['unknown', 'conditional', 'certain']

function isBetter(certainty: Edge['certainty'], level: AccessLevel | undefined, known: Edge): boolean {
  const more = CERTAINTIES.indexOf(certainty) - CERTAINTIES.indexOf(known.certainty)
  if (more !== 0) return more > 0
  if (level === undefined || known.level === undefined) return false
  return ACCESS_LEVELS.indexOf(level) > ACCESS_LEVELS.indexOf(known.level)
}
