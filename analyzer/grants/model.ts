import type {
  Cloud,
  Missing,
  NodeId,
  PermissionSet,
  PermissionUniverse,
  Reason,
  Residual,
  SourceRef,
} from '../../graph/index.ts'

/**
 * Clouds whose access is a sum of grants: a role, for some grantees, on a scope and all below it. A grantee is a
 * principal or an expression for principals; both are numbered alike, principals first.
 */
export interface Grant {
  readonly scope: string
  readonly role: number
  readonly grantees: readonly number[]
  readonly conditions: readonly Residual[]
  readonly at: SourceRef
}

/** How a grantee comes to mean a principal. With a doubt it only might; each doubt is a missing fact. */
export interface Hold {
  readonly conditions: readonly Residual[]
  readonly doubt: Missing | null
}

/** The principals whom a grantee means in one way. `except`: those of `who` whom it does not mean in this way. */
export interface Reach {
  readonly hold: Hold
  readonly who: Int32Array
  readonly except: Int32Array | null
}

/** One block of what a role allows. With a doubt the block might allow it. */
export interface Rights {
  readonly actions: PermissionSet
  /** As `Privilege.unlisted`. */
  readonly unlisted: readonly string[]
  readonly conditions: readonly Residual[]
  readonly doubt: Missing | null
}

/** One way in which a role allows an action. */
export type Way = Omit<Rights, 'actions' | 'unlisted'>

/** The scopes whose grants count for a resource: its own and all above it. */
export interface Chain {
  readonly scopes: readonly { readonly scope: string; readonly doubt: Missing | null }[]
  /** Why grants that were not imported might count too. */
  readonly doubts: readonly Missing[]
}

/** A deny that may touch answers. Where it surely denies, the answer is denied; else what it may touch is unknown. */
export interface Denial {
  readonly actions: PermissionSet
  readonly missing: Missing
  matches(action: string): boolean
  touches(principal: number): boolean
  /** Where the deny is evaluated; without it nothing is sure. */
  readonly sure?: SureDenial
}

/** What a deny surely denies, whatever else is not known. */
export interface SureDenial {
  /** A part of the denial's actions. */
  readonly actions: PermissionSet
  readonly reason: Reason
  matches(action: string): boolean
  denies(principal: number): boolean
  /** Also everyone whom the grantee stands for. */
  deniesAll(grantee: number): boolean
}

/** What a cloud tells the grant engine about its part of an estate. */
export interface GrantModel {
  readonly cloud: Cloud
  readonly universe: PermissionUniverse
  readonly principals: readonly NodeId[]
  readonly grants: readonly Grant[]
  chain(resource: string): Chain
  grantsAt(scope: string): readonly Grant[]
  rights(role: number): readonly Rights[]
  /** Consistent with `rights` for every action of the universe. */
  ways(role: number, action: string): readonly Way[]
  /** How a grantee means a principal; empty: it does not. Consistent with `reach`. */
  holds(grantee: number, principal: number): readonly Hold[]
  reach(grantee: number): readonly Reach[]
  /** A grantee as principals, without taking groups apart: itself, or those for whom an expression stands. */
  unfold(grantee: number): readonly { readonly grantee: number; readonly hold: Hold }[]
  /** Every grantee that might mean a principal; a superset is fine. */
  granteesOf(principal: number): Iterable<number>
  denials(chain: Chain): readonly Denial[]
  /** The reason a grant is for an answer: `roles/editor on projects/x for group:ops@example.com`. */
  reason(grant: Grant, grantee: number): Reason
  /** The memberships that lead from a principal to a grantee. */
  trail(principal: number, grantee: number): readonly Reason[]
  /** The reason of an answer that nothing allows. */
  nothing(action: string, resource: string): Reason
}
