import type { Derivation } from './evidence.ts'
import type { NodeId } from './ids.ts'

/**
 * `member-of`: principal → group. `owns`: principal → application or service principal.
 * `identity-of`: application → its service principal. `runs-as`: resource → the principal whose power it has.
 * `can-become`: principal → principal whose power it can take on. `can-access`: principal → resource or container; it is made
 * only for crown jewels and administered containers, never for every resource. What a container holds is told by `scope`.
 */
export const EDGE_KINDS = ['member-of', 'owns', 'identity-of', 'runs-as', 'can-become', 'can-access'] as const
export type EdgeKind = (typeof EDGE_KINDS)[number]

/** `certain`: no condition is left. `conditional`: under the residual conditions. `unknown`: a gap could change it. */
export type Certainty = 'certain' | 'conditional' | 'unknown'

/** `can-access` levels in rising order. `administer`: can change who has access. */
export const ACCESS_LEVELS = ['list', 'read', 'write', 'administer'] as const
export type AccessLevel = (typeof ACCESS_LEVELS)[number]

export interface Edge {
  readonly kind: EdgeKind
  readonly from: NodeId
  readonly to: NodeId
  /** The technique or rule that makes it: `assume-role`, `pass-role.function`, `group-membership`. */
  readonly rule: string
  /** Few words for a drawn edge, at most about 24 characters: `assume role`, `pass role to Lambda`. */
  readonly label: string
  readonly certainty: Certainty
  /** What must still hold, in words; empty unless `certainty` is `conditional` or `unknown`. */
  readonly conditions: readonly string[]
  readonly level?: AccessLevel
  readonly because: Derivation
}
