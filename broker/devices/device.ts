import type { AttestationLevel } from '../protocol/identity.ts'

/** Times are Unix milliseconds everywhere in this room. */
export type Milliseconds = number

/** What a TPM showed at enrolment, kept so that renewal can ask for it again and new roots can judge it again. */
export interface TpmEvidence {
  readonly ekCertificate: Buffer | undefined
  readonly ekChain: readonly Buffer[]
  /** SubjectPublicKeyInfo of the endorsement key. */
  readonly ekKey: Buffer
  /** TPMT_PUBLIC of the attestation key and of the link's key. */
  readonly akPublic: Buffer
  readonly keyPublic: Buffer
}

/** A machine that enrolled for one person. Rows are never deleted: what was believed stays on record. */
export interface Device {
  /** UUID. */
  readonly id: string
  readonly person: string
  /** What the person calls it; one enrolled device of a person has it. */
  readonly name: string
  /** As the trusted roots of today judge it. */
  readonly level: AttestationLevel
  /** Lowest level at which it may still be used; set when its enrolment was allowed. */
  readonly atLeast: AttestationLevel
  /** SubjectPublicKeyInfo of the link's key. */
  readonly key: Buffer
  readonly evidence: TpmEvidence | undefined
  readonly enrolledAt: Milliseconds
  /** The end of renewals. */
  readonly enrolledUntil: Milliseconds
  readonly revokedAt: Milliseconds | undefined
  readonly revokedBecause: string | undefined
}

/** A certificate that was issued; never deleted before it has ended. */
export interface IssuedCertificate {
  /** Serial number, lower-case hexadecimal without leading zeros. */
  readonly serial: string
  readonly device: string
  /** SHA-256 of the certificate (DER), lower-case hexadecimal. */
  readonly thumbprint: string
  readonly notAfter: Milliseconds
  readonly revokedAt: Milliseconds | undefined
}

/** Leave to enrol one device, once. The token itself is never stored. */
export interface EnrolmentLeave {
  /** SHA-256 of the token, lower-case hexadecimal. */
  readonly tokenHash: string
  readonly person: string
  readonly deviceName: string
  readonly atLeast: AttestationLevel
  readonly expiresAt: Milliseconds
}

/** Whom a lock keeps out: one device, or every device of a person. */
export interface LockTarget {
  readonly kind: 'device' | 'person'
  /** Id of the device; the person's name. */
  readonly id: string
}

export interface Lock {
  /** UUID. */
  readonly id: string
  readonly target: LockTarget
  readonly reason: string
  readonly by: string
  readonly at: Milliseconds
  /** Undefined: until it is lifted. */
  readonly until: Milliseconds | undefined
  readonly liftedAt: Milliseconds | undefined
  readonly liftedBy: string | undefined
}

/** What the operator trusts: manufacturers' certificates, and single endorsement keys. */
export interface Trust {
  /** DER. */
  readonly roots: readonly Buffer[]
  readonly intermediates: readonly Buffer[]
  /** SHA-256 of the SubjectPublicKeyInfo of endorsement keys, lower-case hexadecimal. */
  readonly endorsementKeys: readonly string[]
}
export type TrustKind = 'root' | 'intermediate' | 'endorsement-key'
