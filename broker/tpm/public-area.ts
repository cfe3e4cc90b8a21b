import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { demand, readingHostile } from '../refusal.ts'
import { ByteReader, u16 } from './bytes.ts'
import { ALGORITHM, ATTRIBUTE, CURVES, HASH_NAMES, type Attribute, type Curve } from './constants.ts'

/** TPMT_PUBLIC (part 2, section 12.2.4) of an asymmetric key: what it is, what it may do, and its public key. */
export interface PublicArea {
  readonly kind: 'rsa' | 'ecc'
  /** Bits of an RSA modulus; of a curve's field. */
  readonly bits: number
  readonly curve: Curve | undefined
  readonly nameHash: 'sha256' | 'sha384' | 'sha512'
  readonly attributes: number
  readonly authPolicy: Buffer
  /** The one signing scheme it is bound to, if any. */
  readonly scheme: { readonly algorithm: number; readonly hash: number } | undefined
  readonly key: KeyObject
  /** nameAlg ‖ H(TPMT_PUBLIC) (part 1, section 16): the name no other object has. */
  readonly name: Buffer
  readonly bytes: Buffer
}

/** Reads a TPMT_PUBLIC from outside; refuses what is malformed, weakly hashed, or no RSA or NIST-curve key. */
export function readPublicArea(bytes: Uint8Array, what: string): PublicArea {
  const reader = new ByteReader(bytes, what)
  const type = reader.u16()
  const nameAlgorithm = reader.u16()
  const nameHash = HASH_NAMES.get(nameAlgorithm)
  demand(nameHash !== undefined, 'malformed', `${what} is named with an unknown hash`)
  const attributes = reader.u32()
  const authPolicy = reader.sized()
  readSymmetric(reader)
  const scheme = readScheme(reader)
  const rest = type === ALGORITHM.rsa ? readRsa(reader, what) : readEcc(reader, type, what)
  reader.end()
  const area = Buffer.from(bytes)
  const name = Buffer.concat([u16(nameAlgorithm), createHash(nameHash).update(area).digest()])
  return { ...rest, nameHash, attributes, authPolicy, scheme, name, bytes: area }
}

export function hasAll(area: PublicArea, ...attributes: readonly Attribute[]): boolean {
  return attributes.every((attribute) => (area.attributes & ATTRIBUTE[attribute]) !== 0)
}

export function hasNone(area: PublicArea, ...attributes: readonly Attribute[]): boolean {
  return attributes.every((attribute) => (area.attributes & ATTRIBUTE[attribute]) === 0)
}

function readSymmetric(reader: ByteReader): void {
  if (reader.u16() === ALGORITHM.null) return
  reader.take(4)
}

function readScheme(reader: ByteReader): PublicArea['scheme'] {
  const algorithm = reader.u16()
  return algorithm === ALGORITHM.null ? undefined : { algorithm, hash: reader.u16() }
}

type KeyPart = Pick<PublicArea, 'kind' | 'bits' | 'curve' | 'key'>

function readRsa(reader: ByteReader, what: string): KeyPart {
  const bits = reader.u16()
  const exponent = reader.u32() || 65_537
  const modulus = reader.sized()
  const fits = bits >= 2048 && bits <= 4096 && modulus.length * 8 === bits && (modulus[0] ?? 0) >= 0x80
  demand(fits && exponent % 2 === 1 && exponent >= 65_537, 'malformed', `${what} is no sound RSA key`)
  const e = Buffer.from(exponent.toString(16).padStart(8, '0'), 'hex')
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: trimmed(e).toString('base64url') }
  return { kind: 'rsa', bits, curve: undefined, key: keyOf(jwk, what) }
}

function readEcc(reader: ByteReader, type: number, what: string): KeyPart {
  demand(type === ALGORITHM.ecc, 'malformed', `${what} is neither an RSA nor an elliptic-curve key`)
  const id = reader.u16()
  const curve = CURVES.find((each) => each.id === id)
  demand(curve !== undefined, 'malformed', `${what} is on an unknown curve`)
  demand(reader.u16() === ALGORITHM.null, 'malformed', `${what} names a key derivation scheme`)
  const x = padded(reader.sized(), curve.size, what)
  const y = padded(reader.sized(), curve.size, what)
  const jwk = { kty: 'EC', crv: curve.jwk, x: x.toString('base64url'), y: y.toString('base64url') }
  return { kind: 'ecc', bits: curve.size * 8, curve, key: keyOf(jwk, what) }
}

/** Node refuses a point that is not on its curve. */
const keyOf = (key: Record<string, string>, what: string): KeyObject =>
  readingHostile(what, () => createPublicKey({ key, format: 'jwk' }))

const trimmed = (bytes: Buffer): Buffer => bytes.subarray(bytes.findIndex((byte) => byte !== 0))

/** A number with the leading zeros that a TPM may leave out. */
export function padded(bytes: Buffer, size: number, what: string): Buffer {
  demand(bytes.length <= size, 'malformed', `${what} has a number that is too long`)
  return Buffer.concat([Buffer.alloc(size - bytes.length), bytes])
}
