import type { Cloud } from '../model/cloud.ts'
import type { Edge } from '../model/edge.ts'
import type { Finding } from '../model/finding.ts'
import type { Gap, NotEvaluated } from '../model/gap.ts'
import type { Instant, NodeId, SnapshotId } from '../model/ids.ts'
import type { GraphNode } from '../model/node.ts'
import type { PersonLink } from '../model/person.ts'
import type { IdentityRisk } from '../model/risk.ts'

/** A resource whose loss hurts most, and why it counts as one. */
export interface CrownJewel {
  readonly resource: NodeId
  readonly because: string
}

/** Counts of an analysed estate. */
export interface EstateSummary {
  readonly snapshot: SnapshotId
  readonly takenAt: Instant
  readonly clouds: readonly Cloud[]
  readonly principals: number
  /** Accounts that are certainly one person's are counted once. */
  readonly people: number
  /** The people there are if every conditional link between accounts holds. */
  readonly peopleAtLeast: number
  /** Accounts of the operator's map that the estate does not have. */
  readonly unmatchedAccounts: readonly string[]
  readonly resources: number
  readonly containers: number
  readonly edges: number
  readonly gaps: readonly Gap[]
  readonly notEvaluated: readonly NotEvaluated[]
  readonly crownJewels: readonly CrownJewel[]
}

/**
 * The analysed estate, in sections that are read only when a question needs them. Kept in the store per snapshot; an
 * older layout version is analysed again from the snapshot, never converted.
 */
export interface Estate {
  readonly summary: EstateSummary
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly Edge[]
  /** Which accounts are one person's, and why. */
  readonly people: readonly PersonLink[]
  readonly findings: readonly Finding[]
  /** Worst first; identities without any known power or finding are left out. */
  readonly risks: readonly IdentityRisk[]
  /** Each cloud's engine state: structured-clonable, opaque to everyone but that cloud's analyzer. */
  readonly engines: ReadonlyMap<Cloud, unknown>
}

/** Rises with every change to what a section holds. */
export const ESTATE_VERSION = 6
