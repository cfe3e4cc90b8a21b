import { createHash, createPublicKey, verify } from 'node:crypto'
import type { PresenceRecord } from './presence-record.ts'
import { presenceChallenge } from './presence-challenge.ts'

/** Whether a stored presence holds, or the first thing that speaks against it. */
export type OfflineVerdict = { readonly holds: true } | { readonly holds: false; readonly because: string }

/** What the verifier knows from elsewhere and does not take from the record. */
export interface OfflineExpectation {
  /** The request that was carried out, canonical (RFC 8785). */
  readonly request: string
  readonly decision: string
  /** SubjectPublicKeyInfo of the person's key, base64url: the record's own copy proves nothing about whose it is. */
  readonly spki: string
  readonly rpId: string
  readonly origin: string
}

const UP = 0x01
const UV = 0x04
/** COSE algorithms: the key that each wants, and the hash; Ed25519 has its own. A key of another type is never tried. */
const ALGORITHMS = new Map<number, { readonly key: string; readonly hash: string | null }>([
  [-7, { key: 'ec', hash: 'sha256' }],
  [-8, { key: 'ed25519', hash: null }],
  [-257, { key: 'rsa', hash: 'sha256' }],
])

/**
 * Verifies a presence from its record alone, with the steps of WebAuthn level 3, section 7.2, and nothing but standard cryptography
 * (SHA-256; ECDSA, EdDSA or RSA PKCS #1): no library, no ledger, no network. It cannot verify the times: they are the broker's word.
 */
export function verifyOffline(record: PresenceRecord, expected: OfflineExpectation): OfflineVerdict {
  const because = firstFault(record, expected)
  return because === undefined ? { holds: true } : { holds: false, because }
}

function firstFault(record: PresenceRecord, expected: OfflineExpectation): string | undefined {
  if (record.request !== expected.request) return 'it is for another request'
  if (record.decision !== expected.decision) return 'it is for another decision'
  if (record.passkey.spki !== expected.spki) return 'it was signed by another key'
  const clientBytes = Buffer.from(record.clientData, 'base64url')
  const client = clientOf(clientBytes)
  if (client === undefined) return 'the client data cannot be read'
  if (client.type !== 'webauthn.get') return 'it is no assertion'
  if (client.challenge !== presenceChallenge(record).toString('base64url')) {
    return 'the signed challenge is not that of this request'
  }
  if (client.origin !== expected.origin || client.crossOrigin === true) return 'it was shown to another site'
  const data = Buffer.from(record.authenticatorData, 'base64url')
  if (data.length < 37) return 'the authenticator data is too short'
  if (!data.subarray(0, 32).equals(createHash('sha256').update(expected.rpId).digest()))
    return 'it is of another site'
  const flags = data.readUInt8(32)
  if ((flags & UP) === 0) return 'nobody was present'
  if (record.asked === 'pin-or-biometric' && (flags & UV) === 0) return 'nobody was verified'
  const counter = data.readUInt32BE(33)
  if ((counter > 0 || record.passkey.counter > 0) && counter <= record.passkey.counter) {
    return 'the counter went back'
  }
  if (record.shownAt > record.expiresAt || record.shownAt < record.askedAt) return 'it was not in time'
  return signed(record, data, clientBytes) ? undefined : 'the signature is not that of the key'
}

function signed(record: PresenceRecord, data: Buffer, client: Buffer): boolean {
  const algorithm = ALGORITHMS.get(record.passkey.algorithm)
  if (algorithm === undefined) return false
  try {
    const spki = Buffer.from(record.passkey.spki, 'base64url')
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const bytes = Buffer.concat([data, createHash('sha256').update(client).digest()])
    if (key.asymmetricKeyType !== algorithm.key) return false
    return verify(algorithm.hash, bytes, key, Buffer.from(record.signature, 'base64url'))
  } catch {
    return false
  }
}

interface ClientData {
  readonly type?: unknown
  readonly challenge?: unknown
  readonly origin?: unknown
  readonly crossOrigin?: unknown
}

function clientOf(bytes: Buffer): ClientData | undefined {
  try {
    const read = JSON.parse(bytes.toString('utf8')) as unknown
    return typeof read === 'object' && read !== null ? read : undefined
  } catch {
    return undefined
  }
}
