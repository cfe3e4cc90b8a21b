import type { Entitlement, Person } from './entitlement.ts'
import type { Evidence } from './evidence.ts'

/** Somebody asks for an entitlement. */
export interface Ask {
  readonly person: Person
  readonly entitlement: Entitlement
  /** How long it is wanted, whole seconds. */
  readonly durationSeconds: number
  /** Whether a reason was given in words, and whether a ticket. */
  readonly reason: boolean
  readonly ticket: boolean
  /** RFC 3339 in UTC. */
  readonly now: string
}

/** Somebody wants to approve what somebody else asks for, with evidence of their own. */
export interface Approval {
  readonly approver: Person
  readonly requester: Person
  readonly entitlement: Entitlement
  readonly evidence: Evidence
}

/** What was decided. Plain data, fit for the audit record. */
export interface Decision {
  readonly decision: 'allow' | 'deny'
  /** Ids of the policies that decided: permits of an allow, forbids of a deny; empty where nothing allows. */
  readonly because: readonly string[]
  /** What went wrong while evaluating. Not empty means `deny`, whatever the policies say. */
  readonly errors: readonly string[]
  /** Hash of the policy set. */
  readonly policies: string
}
