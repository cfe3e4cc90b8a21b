import { EMPTY, sized, u16, u32 } from './bytes.ts'
import { ALGORITHM, ATTRIBUTE, P256, type Attribute } from './constants.ts'

const bits = (...attributes: readonly Attribute[]): number =>
  attributes.reduce((sum, attribute) => sum | ATTRIBUTE[attribute], 0)

const OWN = ['fixedTpm', 'fixedParent', 'sensitiveDataOrigin', 'userWithAuth', 'noDa'] as const
const AES_128_CFB = Buffer.concat([u16(ALGORITHM.aes), u16(128), u16(ALGORITHM.cfb)])

/**
 * Templates (TPMT_PUBLIC) of the keys that the agent makes. All have noDA: a laptop that loses power counts as a failed
 * authorisation otherwise, and three of them lock the TPM out.
 */
function p256(attributes: number, symmetric: Buffer, scheme: Buffer): Buffer {
  return Buffer.concat([
    ...[u16(ALGORITHM.ecc), u16(ALGORITHM.sha256), u32(attributes), sized(EMPTY), symmetric, scheme],
    ...[u16(P256.id), u16(ALGORITHM.null), sized(EMPTY), sized(EMPTY)],
  ])
}

const ECDSA_SHA256 = Buffer.concat([u16(ALGORITHM.ecdsa), u16(ALGORITHM.sha256)])

/** Storage root key; the tpm2 OpenSSL provider makes the same one for a key whose parent is the owner hierarchy. */
export const STORAGE_ROOT = p256(bits(...OWN, 'restricted', 'decrypt'), AES_128_CFB, u16(ALGORITHM.null))
/** The key of the link: signs anything, never leaves the TPM. */
export const LINK_KEY = p256(bits(...OWN, 'sign'), u16(ALGORITHM.null), ECDSA_SHA256)
/** Attestation key: restricted, so what it signs about the TPM was made by the TPM. */
export const ATTESTATION_KEY = p256(bits(...OWN, 'sign', 'restricted'), u16(ALGORITHM.null), ECDSA_SHA256)

/** PolicySecret(endorsement) with SHA-256: PolicyA of the TCG EK Credential Profile. */
const POLICY_A = Buffer.from('837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa', 'hex')
const EK_ATTRIBUTES = bits(
  'fixedTpm',
  'fixedParent',
  'sensitiveDataOrigin',
  'adminWithPolicy',
  'restricted',
  'decrypt',
)

/** Default EK template L-1 (RSA 2048) of the TCG EK Credential Profile. */
export const EK_RSA_2048 = Buffer.concat([
  ...[u16(ALGORITHM.rsa), u16(ALGORITHM.sha256), u32(EK_ATTRIBUTES), sized(POLICY_A), AES_128_CFB],
  ...[u16(ALGORITHM.null), u16(2048), u32(0), sized(Buffer.alloc(256))],
])
/** Default EK template L-2 (P-256) of the TCG EK Credential Profile. */
export const EK_P256 = Buffer.concat([
  ...[u16(ALGORITHM.ecc), u16(ALGORITHM.sha256), u32(EK_ATTRIBUTES), sized(POLICY_A), AES_128_CFB],
  ...[u16(ALGORITHM.null), u16(P256.id), u16(ALGORITHM.null)],
  ...[sized(Buffer.alloc(32)), sized(Buffer.alloc(32))],
])
