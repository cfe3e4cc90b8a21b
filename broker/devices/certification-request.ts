import 'reflect-metadata'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { demand, readingHostile, Refusal } from '../refusal.ts'

/**
 * The key of a PKCS#10 request from outside, after its own signature has been checked: whoever sent it holds the key.
 * Only P-256 keys with ECDSA-SHA256, and of the rest of a request nothing is used.
 */
export async function keyOfRequest(request: Buffer): Promise<KeyObject> {
  try {
    const read = new Pkcs10CertificateRequest(new Uint8Array(request))
    demand(
      Buffer.from(read.rawData).equals(request),
      'request-invalid',
      'the certification request has bytes too many',
    )
    const key = createPublicKey({ key: Buffer.from(read.publicKey.rawData), format: 'der', type: 'spki' })
    demand(isP256(key), 'request-invalid', 'the key of the request is not on P-256')
    demand(await read.verify(), 'request-invalid', 'the request is not signed by its own key')
    return key
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('malformed', 'the certification request cannot be read')
  }
}

const isP256 = (key: KeyObject): boolean =>
  key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'

/** Whether `signature` (r ‖ s) over `message` is by `key`. */
export const provenBy = (key: KeyObject, message: Buffer, signature: Buffer): boolean =>
  signature.length === 64 &&
  readingHostile('the proof', () => verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature))

export const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })
