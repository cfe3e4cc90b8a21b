import type {
  Cloud,
  CrownJewel,
  DecisionEngine,
  Edge,
  GraphNode,
  NodeId,
  SnapshotReader,
} from '../graph/index.ts'
import type { Accepts, Presents } from './federation.ts'
import type { Fact } from './findings/fact.ts'

/** What a cloud's analyzer makes of a snapshot. */
export interface Loaded {
  readonly nodes: readonly GraphNode[]
  /** Observed edges: membership, ownership, identity, runs-as. */
  readonly edges: readonly Edge[]
  /** State of the engine: structured-clonable (plain objects, arrays, Maps, typed arrays), no functions or classes. */
  readonly state: unknown
}

/** What follows from the loaded estate by the cloud's decision logic. */
export interface Derived {
  /** `can-become` edges, and `can-access` edges to administered containers. */
  readonly edges: readonly Edge[]
  /** Nodes that only stand between others, so that edges need not be told pair by pair. */
  readonly nodes?: readonly GraphNode[]
  readonly facts: readonly Fact[]
  /** Tokens that principals of this cloud can show to others, for `joinFederation`. */
  readonly presents?: readonly Presents[]
  /** Trusts of this cloud in tokens of other issuers. */
  readonly accepts?: readonly Accepts[]
}

/**
 * One cloud's part of the analyzer. `aws/`, `gcp/` and `azure/` offer the same functions; the registry is
 * `analyzer/registry.ts`. No I/O but the reader; the same snapshot gives the same result, in the same order.
 */
export interface CloudAnalyzer {
  readonly cloud: Cloud
  load(reader: SnapshotReader): Promise<Loaded>
  /** Rebuilds the engine from its state; cheap enough for a command-line question (compile lazily). */
  engine(state: unknown, nodes: ReadonlyMap<NodeId, GraphNode>): DecisionEngine
  /** `jewels` are resources of any cloud; only this cloud's matter here. */
  derive(engine: DecisionEngine, loaded: Loaded, jewels: readonly CrownJewel[]): Derived
}
