import type { Missing, NodeId, ResourceNode } from '../../../graph/index.ts'
import type { Holder } from '../holders.ts'

/** What a technique is asked about: ends that have the same grants on and above them, so the same who reach them. */
export interface Target<On extends string = string> {
  /** Not empty. */
  readonly ends: readonly NodeId[]
  /** Ends of other targets that hold all of these: what is told of each of them is told of these. */
  readonly among?: readonly (readonly NodeId[])[]
  /** Resources that run as them, one each. */
  readonly hosts?: ReadonlyMap<NodeId, ResourceNode>
  /** What they are called together, when they share a node. */
  readonly name: string
  /** The container in which the node that they share lies. */
  readonly home?: string
  /** On what the permissions are asked. */
  readonly places: Readonly<Partial<Record<On, string>>>
  /** Containers and resources above the ends: who administers one has them by that. */
  readonly above: readonly string[]
  readonly doubts: readonly Missing[]
  /** Which holders of the permissions may use them on the ends; absent: all. */
  readonly by?: (holder: Holder) => boolean
  /** Holders who must be the same as those of the permissions. */
  readonly also?: readonly Holder[]
}
