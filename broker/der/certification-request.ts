import { der, oid, TAG, unsigned } from './der.ts'

/** ecdsa-with-SHA256, without parameters (RFC 5758, section 3.2). */
const ECDSA_SHA256 = der(TAG.sequence, oid('1.2.840.10045.4.3.2'))

/**
 * A PKCS#10 request (RFC 2986) for an elliptic-curve key: `spki` is its public key, `sign` gives r ‖ s (32 bytes each)
 * over SHA-256 of what it is handed. Written by hand because the key may be in a TPM, where no library can sign.
 */
export async function certificationRequest(
  name: string,
  spki: Uint8Array,
  sign: (message: Buffer) => Promise<Buffer>,
): Promise<Buffer> {
  const attribute = der(TAG.sequence, oid('2.5.4.3'), der(TAG.utf8, Buffer.from(name)))
  const subject = der(TAG.sequence, der(TAG.set, attribute))
  const info = der(TAG.sequence, unsigned(Buffer.from([0])), subject, spki, der(TAG.context0))
  const signature = ecdsaDer(await sign(info))
  return der(TAG.sequence, info, ECDSA_SHA256, der(TAG.bitString, Buffer.from([0]), signature))
}

/** r ‖ s as the SEQUENCE that X.509 wants. */
function ecdsaDer(raw: Buffer): Buffer {
  const half = raw.length / 2
  return der(TAG.sequence, unsigned(raw.subarray(0, half)), unsigned(raw.subarray(half)))
}
