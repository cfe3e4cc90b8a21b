import type {
  EstateSummary,
  Finding,
  GraphNode,
  IdentityRisk,
  Instant,
  NodeId,
  SourceRef,
} from '../../graph/index.ts'
import type { Headline } from '../risk/headlines/headline.ts'

/** Where a record stands: the file or call as it was given, and the line when it is known. */
export interface Origin {
  readonly origin: string
  readonly line?: number
}

/** All that a report tells. Reports are functions of it: the same input gives the same bytes. */
export interface ReportInput {
  /** Version of the product, shown in the foot. */
  readonly version: string
  readonly summary: EstateSummary
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  /** Worst first, as `findAll` gives them. */
  readonly findings: readonly Finding[]
  /** Worst first, as `rankIdentities` gives them. */
  readonly ranked: readonly IdentityRisk[]
  readonly headlines: readonly Headline[]
  /** The snapshot before, when there is one: when it was taken and the ids of its findings. */
  readonly previous: { readonly takenAt: Instant; readonly findings: ReadonlySet<string> } | null
  /** Looks up where a record stands. */
  describe(ref: SourceRef): Origin
}
