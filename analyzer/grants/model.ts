import type {
  Cloud,
  Missing,
  NodeId,
  NonEmpty,
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

/** What a deny does to somebody: it denies, it denies unless a condition holds, or whether it does is not known. */
export type Effect =
  | { readonly kind: 'denies'; readonly reason: Reason }
  | { readonly kind: 'denies-unless'; readonly condition: Residual; readonly reason: Reason }
  | { readonly kind: 'unknown'; readonly missing: NonEmpty<Missing> }

/** A deny, the same for each of its actions. */
export interface Denial {
  readonly actions: PermissionSet
  /** What is missing to know whether it denies, where `effect` is absent. */
  readonly missing: Missing
  /** Consistent with `actions`; also asked for actions that the universe does not hold. */
  matches(action: string): boolean
  touches(principal: number): boolean
  /** Null: it does not touch the principal. Absent: it is not evaluated, and might deny all whom it touches. */
  effect?(principal: number): Effect | null
}

/** What is left of a grant's conditions. */
export interface Left {
  readonly conditions: readonly Residual[]
  readonly doubt: Missing | null
}

/** Some actions (null: all others), and what of a grant's conditions is left for them; null: it never holds for them. */
export interface LeftPart {
  readonly actions: PermissionSet | null
  readonly left: Left | null
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
  /** With an action, those of it suffice; it may be one that the universe does not hold. */
  denials(chain: Chain, action?: string): readonly Denial[]
  /** What is left of a grant's conditions for an action; null: it never holds. Absent: all of them. */
  left?(grant: Grant, action: string): Left | null
  /** The same for all actions: the first part that holds an action counts. */
  leftParts?(grant: Grant): readonly LeftPart[]
  /** The reason a grant is for an answer: `roles/editor on projects/x for group:ops@example.com`. */
  reason(grant: Grant, grantee: number): Reason
  /** The memberships that lead from a principal to a grantee. */
  trail(principal: number, grantee: number): readonly Reason[]
  /** The reason of an answer that nothing allows. */
  nothing(action: string, resource: string): Reason
}
