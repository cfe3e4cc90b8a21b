import type { Milliseconds } from '../devices/device.ts'

/** How somebody is known: by the identity provider, or by a passkey alone for the day on which the provider is down. */
export type PersonKind = 'member' | 'break-glass'

export interface Person {
  /** As in `Device.person`. */
  readonly name: string
  readonly kind: PersonKind
  /** Issuer and subject of the first login, as JSON: the name cannot pass to somebody else at the provider. */
  readonly subject: string | undefined
  readonly addedAt: Milliseconds
}

/** Where a passkey was made: by the browser of the enrolled machine, or by a phone that was invited. */
export type Place = 'desk' | 'phone'

/**
 * `device-bound`: the authenticator says that the key cannot be copied (BE = 0). `synced`: it may be backed up to an account
 * and be on several machines (WebAuthn level 3, section 6.1.3). Without attestation both are the authenticator's word.
 */
export type Custody = 'device-bound' | 'synced'

export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string
  readonly person: string
  readonly place: Place
  readonly rpId: string
  /** COSE_Key, as the authenticator gave it. */
  readonly cose: Buffer
  /** The same key as SubjectPublicKeyInfo, for whoever verifies without WebAuthn's tools. */
  readonly spki: Buffer
  /** COSE algorithm: -7 (ES256), -8 (EdDSA) or -257 (RS256). */
  readonly algorithm: number
  /** Signatures so far, as the authenticator counts; 0 for one that does not count. */
  readonly counter: number
  readonly custody: Custody
  readonly backedUp: boolean
  readonly aaguid: string
  readonly addedAt: Milliseconds
  readonly revokedAt: Milliseconds | undefined
  readonly revokedBecause: string | undefined
}

/** A browser that is signed in, on one device only. */
export interface Session {
  /** SHA-256 of the cookie, hexadecimal: the cookie itself is never stored. */
  readonly hash: string
  readonly person: string
  /** The only device over whose link it may be used. */
  readonly device: string
  readonly login: 'provider' | 'break-glass'
  /** As in `Person.subject`. */
  readonly subject: string | undefined
  /** The provider's session. */
  readonly sid: string | undefined
  /** Authentication context that the provider vouched for. */
  readonly acr: string | undefined
  readonly begunAt: Milliseconds
  readonly endsAt: Milliseconds
  readonly endedAt: Milliseconds | undefined
  readonly endedBecause: string | undefined
}

/** Something that is good once: the secret that names it is only known to who was given it. */
export interface Once {
  readonly kind: OnceKind
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string
  /** What it is about; each kind knows its keys. */
  readonly fields: Readonly<Record<string, string>>
  readonly expiresAt: Milliseconds
}
export type OnceKind = 'login' | 'confirm' | 'finish' | 'break-glass' | 'passkey-leave' | 'presence'
