import type { JsonObject } from '../../graph/index.ts'

/**
 * Where a grant is. `scheduled` and `intent` never touched the cloud; `activating` may have; `active` has access;
 * `revoking` and `revoke-failing` are on the way out, for as long as it takes. The rest are ends:
 * `denied` (the last decision said no), `expired` (never issued), `failed` (the cloud refused; absence verified), `ended`
 * (its time was over; absence verified), `revoked` (before its time; absence verified), `closed` (given up on by force: what
 * is left in the cloud is not known, and the grant is `uncertain` for ever).
 */
export const GRANT_STATES = [
  'scheduled',
  'intent',
  'activating',
  'active',
  'revoking',
  'revoke-failing',
  'denied',
  'expired',
  'failed',
  'ended',
  'revoked',
  'closed',
] as const
export type GrantState = (typeof GRANT_STATES)[number]

const ENDS = new Set<GrantState>(['denied', 'expired', 'failed', 'ended', 'revoked', 'closed'])
export const hasEnded = (state: GrantState): boolean => ENDS.has(state)

/** States whose grant wants its access to be there. */
const WANTS = new Set<GrantState>(['intent', 'activating', 'active'])
export const wantsAccess = (state: GrantState): boolean => WANTS.has(state)

/** Why an ended grant removed nothing; absent where it removed its access itself. */
export type Kept = 'another grant covers it' | 'it stood before' | 'somebody else gave it'

/** One person's access for a time. Times are milliseconds since 1970 on the broker's clock. */
export interface Grant {
  readonly id: string
  /** Stable id of the person. */
  readonly person: string
  /** What is granted, by the id that the operator gave it: never a name of the cloud taken from a client. */
  readonly entitlement: string
  /** The connector that issues and revokes, by its registered name. */
  readonly connector: string
  /** What overlapping grants have in common: two grants with the same key are the same access in the cloud. */
  readonly access: string
  readonly reason: string
  /** Who asked for it, as the audit log names them. */
  readonly by: string
  /** What the connector planned, frozen when the intent was written: what issues, and what takes it back. */
  readonly plan: JsonObject
  readonly recipe: JsonObject
  readonly startsAt: number
  readonly deadline: number
  /** The deadline that the cloud has confirmed last; undefined: it was never confirmed to be there. */
  readonly issuedUntil: number | undefined
  readonly state: GrantState
  /** The end that `revoking` leads to. */
  readonly endsAs: 'ended' | 'revoked' | 'failed' | 'denied' | 'expired'
  readonly kept: Kept | undefined
  /** Raised at each extension: with the id, the key that makes issuing idempotent. */
  readonly generation: number
  /** Failed tries since the last success. */
  readonly failures: number
  /** The last failure in words without secrets. */
  readonly trouble: string | undefined
  /** When it must be looked at next; the ledger wakes nobody before. */
  readonly dueAt: number
  /** Sticky: somebody changed the access outside the broker. Never unset. */
  readonly externallyModified: boolean
  /** Sticky: it was given up on by force. Never unset. */
  readonly uncertain: boolean
  /** Live use is to be stopped ahead of the removal. */
  readonly killed: boolean
  /** Rises with every write; a write of an older version is refused. */
  readonly version: number
}

/** An access in the cloud that one or several grants want or wanted. There is a row as long as one of them has not ended. */
export interface Access {
  readonly key: string
  /** Whether it was there before the first of these grants: then nobody removes it. Undefined: nobody has looked yet, nothing was touched. */
  readonly stoodBefore: boolean | undefined
  /** Until then a call whose answer was lost may still take effect: what is seen before is not the end of it. */
  readonly unsettledUntil: number
  /** The same of removals only: what is issued before could be taken away by it. Never later than `unsettledUntil`. */
  readonly removalUntil: number
  /** The broker that works on it, and until when the others leave it alone; the fence rises with every claim. */
  readonly holder: string | undefined
  readonly heldUntil: number
  readonly fence: number
}
