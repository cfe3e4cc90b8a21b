import type {
  Edge,
  Evidence,
  GraphNode,
  Instant,
  NodeId,
  NonEmpty,
  Remedy,
  Severity,
} from '../../graph/index.ts'
import type { Fact } from './fact.ts'

/** What rules look at: one estate, at the time it was seen. */
export interface FindingContext {
  readonly facts: readonly Fact[]
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  readonly edges: readonly Edge[]
  /** When the snapshot was taken: ages are counted up to here, so that the same snapshot always gives the same findings. */
  readonly now: Instant
}

/** One part of what is wrong; parts of the same subject and discriminator become one finding. */
export interface Case {
  readonly subject: NodeId
  /** See `Finding.scope`. */
  readonly scope: NodeId | null
  /** Tells findings of one rule and subject apart, stable over snapshots; empty when there can be one only. */
  readonly discriminator: string
  /** What distinguishes this part, in few words for `FindingRule.says`: `AdministratorAccess`, `key AKIA…`. */
  readonly detail: string
  /** Default: the rule's. Of merged cases the worst counts. */
  readonly severity?: Severity
  readonly assumes: readonly string[]
  readonly evidence: Evidence
  readonly remedy: Remedy
}

/** One kind of finding: one file under `rules/`, one row in `registry.ts`. */
export interface FindingRule {
  /** Stable, kebab case; part of every finding's id. */
  readonly id: string
  readonly title: string
  /** Why it matters, one paragraph. */
  readonly why: string
  readonly severity: Severity
  /** When a case is worse or milder than that, in words; empty when never. */
  readonly varies: string
  /**
   * What the finding tells about an identity in the risk model: `power` restates privileges, which count themselves;
   * `use` that it is not used; `hygiene` how easily it is taken over.
   */
  readonly tells: 'power' | 'use' | 'hygiene'
  cases(context: FindingContext): Iterable<Case>
  /** One sentence with the facts of a finding, from all its cases. */
  says(cases: NonEmpty<Case>, context: FindingContext): string
}
