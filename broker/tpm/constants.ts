/** Numbers of the Trusted Platform Module Library 2.0, part 2: only those that are used. */
export const ALGORITHM = {
  rsa: 0x0001,
  sha1: 0x0004,
  aes: 0x0006,
  sha256: 0x000b,
  sha384: 0x000c,
  sha512: 0x000d,
  null: 0x0010,
  rsassa: 0x0014,
  rsapss: 0x0016,
  ecdsa: 0x0018,
  ecc: 0x0023,
  cfb: 0x0043,
} as const

/** Hashes that are strong enough to name or to sign, by their number. */
export const HASH_NAMES: ReadonlyMap<number, 'sha256' | 'sha384' | 'sha512'> = new Map([
  [ALGORITHM.sha256, 'sha256'],
  [ALGORITHM.sha384, 'sha384'],
  [ALGORITHM.sha512, 'sha512'],
])

export interface Curve {
  readonly id: number
  /** As JSON Web Keys call it. */
  readonly jwk: 'P-256' | 'P-384'
  /** As OpenSSL calls it. */
  readonly openssl: 'prime256v1' | 'secp384r1'
  /** Bytes of a coordinate. */
  readonly size: number
}

export const P256: Curve = { id: 3, jwk: 'P-256', openssl: 'prime256v1', size: 32 }
export const P384: Curve = { id: 4, jwk: 'P-384', openssl: 'secp384r1', size: 48 }
export const CURVES: readonly Curve[] = [P256, P384]

/** TPMA_OBJECT, part 2, section 8.3. */
export const ATTRIBUTE = {
  fixedTpm: 1 << 1,
  stClear: 1 << 2,
  fixedParent: 1 << 4,
  sensitiveDataOrigin: 1 << 5,
  userWithAuth: 1 << 6,
  adminWithPolicy: 1 << 7,
  noDa: 1 << 10,
  encryptedDuplication: 1 << 11,
  restricted: 1 << 16,
  decrypt: 1 << 17,
  sign: 1 << 18,
  x509Sign: 1 << 19,
} as const
export type Attribute = keyof typeof ATTRIBUTE

/** TPM_GENERATED_VALUE: only the TPM itself signs a structure that begins so with a restricted key. */
export const GENERATED = 0xff544347
export const ATTEST_CERTIFY = 0x8017
export const ATTEST_QUOTE = 0x8018

/** Permanent handles (TPM_RH). */
export const HANDLE = {
  owner: 0x40000001,
  null: 0x40000007,
  password: 0x40000009,
  endorsement: 0x4000000b,
} as const
