import { constants, verify } from 'node:crypto'
import { demand, readingHostile } from '../refusal.ts'
import { ByteReader } from './bytes.ts'
import { ALGORITHM, ATTEST_CERTIFY, GENERATED, HASH_NAMES } from './constants.ts'
import { padded, type PublicArea } from './public-area.ts'

/** TPMS_ATTEST of TPM2_Certify (part 2, section 10.12): what the TPM says of an object that it holds. */
export interface Certified {
  /** What the asker gave (at most 64 bytes): ties the statement to one question. */
  readonly extraData: Buffer
  /** Name of the object that is certified. */
  readonly name: Buffer
  readonly resetCount: number
  readonly restartCount: number
  readonly firmware: bigint
}

/** Reads a TPMS_ATTEST that must come from TPM2_Certify. */
export function readCertified(bytes: Uint8Array): Certified {
  const reader = new ByteReader(bytes, 'the attestation')
  demand(reader.u32() === GENERATED, 'attestation-invalid', 'the attestation was not made by a TPM')
  demand(reader.u16() === ATTEST_CERTIFY, 'attestation-invalid', 'the attestation certifies no key')
  reader.sized()
  const extraData = reader.sized()
  reader.u64()
  const resetCount = reader.u32()
  const restartCount = reader.u32()
  reader.u8()
  const firmware = reader.u64()
  const name = reader.sized()
  reader.sized()
  reader.end()
  return { extraData, name, resetCount, restartCount, firmware }
}

/** Whether `signature` (TPMT_SIGNATURE, part 2, section 11.3) over `data` is by the key `by`; refuses a malformed one. */
export function signedBy(by: PublicArea, data: Uint8Array, signature: Uint8Array): boolean {
  const reader = new ByteReader(signature, 'the signature')
  const algorithm = reader.u16()
  const hash = HASH_NAMES.get(reader.u16())
  demand(hash !== undefined, 'malformed', 'the signature has an unknown hash')
  if (algorithm === ALGORITHM.ecdsa) {
    const { curve } = by
    demand(curve !== undefined, 'malformed', 'the signature is of another kind than the key')
    const r = padded(reader.sized(), curve.size, 'the signature')
    const s = padded(reader.sized(), curve.size, 'the signature')
    reader.end()
    const raw = Buffer.concat([r, s])
    return readingHostile('the signature', () =>
      verify(hash, data, { key: by.key, dsaEncoding: 'ieee-p1363' }, raw),
    )
  }
  const value = reader.sized()
  reader.end()
  demand(
    by.kind === 'rsa' && (algorithm === ALGORITHM.rsassa || algorithm === ALGORITHM.rsapss),
    'malformed',
    'the signature is of another kind than the key',
  )
  const padding =
    algorithm === ALGORITHM.rsassa
      ? { padding: constants.RSA_PKCS1_PADDING }
      : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
  return readingHostile('the signature', () => verify(hash, data, { key: by.key, ...padding }, value))
}
