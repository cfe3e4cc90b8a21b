import { GomeisaError } from '../graph/index.ts'

/** Why the broker says no, one word each: the machine-readable part of a refusal. It never tells a secret. */
export const REFUSALS = [
  'malformed',
  'token-invalid',
  'session-unknown',
  'level-too-low',
  'ek-untrusted',
  'ak-unfit',
  'key-unfit',
  'credential-wrong',
  'attestation-invalid',
  'request-invalid',
  'key-mismatch',
  'device-unknown',
  'device-revoked',
  'device-distrusted',
  'enrolment-ended',
  'locked',
  'certificate-missing',
  'certificate-invalid',
  'certificate-expired',
  'certificate-revoked',
  'binding-invalid',
  'proof-invalid',
  'proof-replayed',
  'nonce-required',
  'session-missing',
  'session-elsewhere',
  'login-failed',
  'person-other',
  'origin-foreign',
  'passkey-unknown',
  'passkey-invalid',
  'presence-invalid',
  'verification-missing',
  'counter-back',
  'used-before',
  'too-late',
  'person-unknown',
  'entitlement-unknown',
  'request-unknown',
  'grant-unknown',
  'policy-denies',
  'evidence-missing',
  'own-request',
  'approved-before',
  'state-other',
  'limit-exceeded',
  'too-many',
  'grant-unknown',
  'grant-elsewhere',
  'grant-inactive',
  'grant-denied',
  'grant-unfit',
  'kill-denied',
  'kill-unknown',
  'broker-unavailable',
] as const
export type RefusalReason = (typeof REFUSALS)[number]

/** The broker's "no", as a value that can be thrown: `reason` is stable, the message is for people and holds no secret. */
export class Refusal extends GomeisaError {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super('REFUSED', message, options)
    this.name = 'Refusal'
    this.reason = reason
  }
}

/** Refuses unless `condition` holds. */
export function demand(condition: boolean, reason: RefusalReason, message: string): asserts condition {
  if (!condition) throw new Refusal(reason, message)
}

/** Runs `read` over input from outside: whatever a parser throws becomes a refusal as `malformed`. */
export function readingHostile<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw new Refusal('malformed', `${what} cannot be read`)
  }
}
