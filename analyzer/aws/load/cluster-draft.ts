import type { SourceRef } from '../../../graph/index.ts'
import type { AccessEntry, AccessPolicy, PodIdentity } from '../state.ts'

/** A cluster as it is read. */
export interface ClusterDraft {
  readonly arn: string
  readonly account: string
  issuer: string | null
  /** The map `aws-auth` inside the cluster also says who gets in. */
  configMap: boolean
  at: SourceRef
  readonly pods: PodIdentity[]
  readonly entries: AccessEntry[]
  readonly policies: AccessPolicy[]
}
