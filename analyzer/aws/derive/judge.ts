import type { Answer, Certainty, Derivation, Edge, Evidence, NodeId, Reason } from '../../../graph/index.ts'
import { derived, isNonEmpty, nativeId, nodeId, observed } from '../../../graph/index.ts'
import { explain } from '../evaluate/explain.ts'
import type { Layers } from '../evaluate/layer.ts'
import { LayerReader } from '../evaluate/layers.ts'
import { FALSE, IF, TRUE } from '../evaluate/truth.ts'
import { verdict, type Verdict } from '../evaluate/verdict.ts'
import type { Estate } from '../evaluate/estate.ts'
import { Holders } from './holders.ts'

/** A request that is allowed, perhaps under conditions, or unless a missing fact forbids it. */
export interface Allowed {
  readonly certainty: Certainty
  readonly conditions: readonly string[]
  /** What is missing, in words; empty unless the certainty is `unknown`. */
  readonly assumes: readonly string[]
  readonly reasons: readonly Reason[]
}

/** A request of a principal that is judged. */
export interface Judged {
  /** How surely it is allowed: 0 certain, 1 conditional, 2 unknown, 3 not at all. */
  readonly rank: number
  /** What proves it; nothing proves what is not allowed. */
  readonly by?: {
    readonly principal: number
    readonly reader: LayerReader
    readonly layers: Layers
    readonly verdict: Verdict
  }
}

const DENIED: Judged = { rank: 3 }

/** Asks the engine for the derivations, one principal, action and resource at a time. */
export class Judge {
  readonly estate: Estate
  readonly holders: Holders

  /** ARNs of groups by the node of a member. */
  private readonly groups = new Map<NodeId, string[]>()

  /** `edges`: the observed ones, which tell who is in which group. */
  constructor(estate: Estate, edges: readonly Edge[]) {
    this.estate = estate
    this.holders = new Holders(estate)
    for (const edge of edges) {
      if (edge.kind !== 'member-of') continue
      const known = this.groups.get(edge.from)
      if (known === undefined) this.groups.set(edge.from, [nativeId(edge.to)])
      else known.push(nativeId(edge.to))
    }
  }

  /** ARNs of the groups that a user is in. */
  groupsOf(principal: number): readonly string[] {
    return this.groups.get(this.estate.nodeOf(principal)) ?? []
  }

  /** Everything to ask about one action on one resource; `context`: what the technique fixes (`iam:passedtoservice`). */
  reader(action: string, resource: string, context?: ReadonlyMap<string, string>): LayerReader {
    const options = context === undefined ? {} : { context }
    return new LayerReader(this.holders.request(action, resource, options))
  }

  /** Whether it is allowed at all, cheaply. */
  may(reader: LayerReader, principal: number): boolean {
    return this.rank(reader, principal) < 3
  }

  /** How surely it is allowed; see `Judged`. */
  rank(reader: LayerReader, principal: number): number {
    return this.judged(reader, principal).rank
  }

  /** How it is allowed, with the proof; `undefined` when it is not. */
  allowed(reader: LayerReader, principal: number): Allowed | undefined {
    return this.proof(this.judged(reader, principal))
  }

  judged(reader: LayerReader, principal: number): Judged {
    const set = this.estate.layerSet(principal)
    if (reader.isBarred(set)) return DENIED
    const layers = reader.layers(set, principal)
    const found = verdict(layers)
    if (found.otherwise === FALSE) return DENIED
    const rank = found.truth === TRUE ? 0 : found.truth === IF ? 1 : 2
    return { rank, by: { principal, reader, layers, verdict: found } }
  }

  /** The proof of what was judged; `undefined` when it is not allowed. */
  proof({ by }: Judged): Allowed | undefined {
    if (by === undefined) return undefined
    return allowedBy(explain(by.reader, by.principal, { brief: true, known: by }))
  }

  /** The principals of an account, or of all accounts, that hold an action at all. */
  *holding(action: string, account?: number): Generator<number> {
    const byAccount = this.holders.of(action)
    if (account !== undefined) yield* byAccount.get(account) ?? []
    else for (const list of byAccount.values()) yield* list
  }
}

/** An answer as the grounds of an edge or fact; `undefined` for a denial. */
export function allowedBy(answer: Answer): Allowed | undefined {
  switch (answer.decision) {
    case 'denied':
      return undefined
    case 'allowed':
      return { certainty: 'certain', conditions: [], assumes: [], reasons: answer.because }
    case 'allowed-if':
      return {
        certainty: 'conditional',
        conditions: answer.conditions.map((c) => c.says),
        assumes: [],
        reasons: answer.because,
      }
    case 'unknown':
      if (answer.otherwise === 'denied') return undefined
      return {
        certainty: 'unknown',
        conditions: answer.conditions.map((c) => c.says),
        assumes: answer.missing.map((m) => `not imported: ${m.says}`),
        reasons: answer.because,
      }
  }
}

/** Several requests that must all be allowed. */
export function together(parts: readonly Allowed[]): Allowed {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const worst = parts.some((p) => p.certainty === 'unknown')
    ? 'unknown'
    : parts.some((p) => p.certainty === 'conditional')
      ? 'conditional'
      : 'certain'
  return {
    certainty: worst,
    conditions: worst === 'certain' ? [] : [...new Set(parts.flatMap((p) => p.conditions))],
    assumes: worst === 'unknown' ? [...new Set(parts.flatMap((p) => p.assumes))] : [],
    reasons: parts.flatMap((p) => p.reasons),
  }
}

/** A statement is told of once, however many edges it makes. */
const DERIVATIONS = new WeakMap<Reason, Derivation>()

function derivationOf(reason: Reason): Derivation | undefined {
  if (reason.at === null) return undefined
  let made = DERIVATIONS.get(reason)
  if (made === undefined) {
    made = observed(reason.at, `${reason.layer}: ${reason.says}`)
    DERIVATIONS.set(reason, made)
  }
  return made
}

/** The reasons as evidence; a principal's own record stands in where no statement does. */
export function evidenceOf(estate: Estate, principal: number, allowed: Allowed): Evidence {
  const list: Derivation[] = []
  for (const reason of allowed.reasons) {
    const made = derivationOf(reason)
    if (made !== undefined && !list.includes(made)) list.push(made)
  }
  if (isNonEmpty(list)) return list
  const arn = estate.state.principals.arns[principal] ?? ''
  return [observed({ source: 0, pointer: '' }, `${arn} may, unless a missing fact forbids it`)]
}

/** An edge from a principal, with its proof. */
export function edgeFrom(
  estate: Estate,
  principal: number,
  allowed: Allowed,
  edge: Pick<Edge, 'kind' | 'to' | 'rule' | 'label'> & Partial<Pick<Edge, 'level'>>,
  says: string,
): Edge {
  return {
    ...edge,
    from: nodeId('aws', estate.state.principals.arns[principal] ?? ''),
    certainty: allowed.certainty,
    conditions: [...allowed.conditions, ...allowed.assumes],
    because: derived(edge.rule, says, evidenceOf(estate, principal, allowed)),
  }
}
