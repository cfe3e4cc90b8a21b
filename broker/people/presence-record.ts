import type { Milliseconds } from '../devices/device.ts'
import type { AttestationLevel } from '../protocol/identity.ts'
import type { Custody, Place } from './person.ts'

/** What a presence must at least show: somebody touched it, or a PIN or biometric was checked by the authenticator as well. */
export type Verification = 'touch' | 'pin-or-biometric'

/** That the phone was near, as far as it was looked at. */
export interface ProximityRecord {
  readonly kind: 'typed-code'
  readonly shownAt: Milliseconds
  readonly typedAt: Milliseconds
}

/**
 * A person's presence for one request: everything that a stranger needs to verify it, without the broker and without a library
 * for WebAuthn (`offline.ts`). Bytes are base64url. What is the broker's word and not signed: the times, the device,
 * that the key is that person's, the proximity.
 */
export interface PresenceRecord {
  readonly version: 1
  /** UUID. */
  readonly id: string
  readonly person: string
  readonly decision: string
  /** RFC 8785. */
  readonly request: string
  readonly nonce: string
  readonly place: Place
  readonly asked: Verification
  readonly device: { readonly id: string; readonly level: AttestationLevel }
  readonly passkey: {
    readonly id: string
    readonly spki: string
    readonly algorithm: number
    readonly custody: Custody
    /** Counter before this signature. */
    readonly counter: number
  }
  readonly rpId: string
  readonly origin: string
  readonly authenticatorData: string
  readonly clientData: string
  readonly signature: string
  readonly proximity: ProximityRecord | undefined
  readonly askedAt: Milliseconds
  readonly expiresAt: Milliseconds
  readonly shownAt: Milliseconds
}
