import 'reflect-metadata'
import { X509Certificate as ParsedCertificate } from '@peculiar/x509'
import { createHash, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { oid, partsOf, TAG } from '../der/der.ts'
import { demand, readingHostile, Refusal } from '../refusal.ts'
import type { Milliseconds, Trust } from './device.ts'

/** tcg-kp-EKCertificate: this certificate is for an endorsement key. */
const EK_USAGE = '2.23.133.8.1'
/** id-RSAES-OAEP, which some makers write instead of rsaEncryption; the key inside has the same form. */
const RSAES_OAEP = oid('1.2.840.113549.1.1.7')
/** Certificates between an endorsement key's and a root. */
const LONGEST_CHAIN = 4

/** What the operator's trust says of an endorsement key. */
export type Vouched = 'by-manufacturer' | 'by-allow-list' | 'by-nobody'

export interface EndorsementKey {
  readonly key: KeyObject
  /** SubjectPublicKeyInfo (DER), always in the plain form. */
  readonly spki: Buffer
}

/** The public key of an EK certificate, also where it is labelled RSAES-OAEP, which OpenSSL does not read. */
export function endorsementKeyOf(certificate: Buffer): EndorsementKey {
  return readingHostile('the endorsement certificate', () => {
    const info = Buffer.from(new ParsedCertificate(new Uint8Array(certificate)).publicKey.rawData)
    const key = createPublicKey(plainRsa(info) ?? { key: info, format: 'der', type: 'spki' })
    return { key, spki: key.export({ type: 'spki', format: 'der' }) }
  })
}

/** The RSA key inside a SubjectPublicKeyInfo that is labelled RSAES-OAEP; undefined for any other. */
export function plainRsa(spki: Buffer): { key: Buffer; format: 'der'; type: 'pkcs1' } | undefined {
  const [algorithm, bits] = partsOf(spki, TAG.sequence)
  if (algorithm === undefined || bits === undefined) return undefined
  if (!algorithm.content.subarray(0, RSAES_OAEP.length).equals(RSAES_OAEP)) return undefined
  // The first byte of a bit string counts its unused bits.
  return { key: bits.content.subarray(1), format: 'der', type: 'pkcs1' }
}

export const endorsementHash = (spki: Buffer): string => createHash('sha256').update(spki).digest('hex')

/** Who vouches for an endorsement key, by today's trust. `certificate` and `chain` come from the device. */
export function vouch(
  trust: Trust,
  spki: Buffer,
  certificate: Buffer | undefined,
  chain: readonly Buffer[],
  now: Milliseconds,
): Vouched {
  if (trust.endorsementKeys.includes(endorsementHash(spki))) return 'by-allow-list'
  if (certificate === undefined) return 'by-nobody'
  try {
    verifyChain(trust, certificate, chain, now)
    return 'by-manufacturer'
  } catch (error) {
    if (error instanceof Refusal) return 'by-nobody'
    throw error
  }
}

/** Refuses a certificate that is no endorsement certificate in date, or leads to no trusted root. */
export function verifyChain(
  trust: Trust,
  certificate: Buffer,
  chain: readonly Buffer[],
  now: Milliseconds,
): void {
  const leaf = parsed(certificate)
  demand(inDate(leaf, now), 'ek-untrusted', 'the endorsement certificate is not in date')
  demand(!leaf.ca, 'ek-untrusted', 'the endorsement certificate is one of an authority')
  // Node's types call a field `keyUsage` that holds the extended key usages, and leave out that it can be absent.
  const usages = leaf.keyUsage as readonly string[] | undefined
  demand(usages?.includes(EK_USAGE) === true, 'ek-untrusted', 'the certificate is not for an endorsement key')
  const roots = trust.roots.map(parsed)
  const between = [...trust.intermediates, ...chain].map(parsed)
  let current = leaf
  for (let steps = 0; steps <= LONGEST_CHAIN; steps++) {
    const issuedBy = (above: X509Certificate): boolean =>
      above.ca && inDate(above, now) && current.checkIssued(above) && signedBy(current, above)
    if (roots.some(issuedBy)) return
    const next = between.find(issuedBy)
    demand(next !== undefined, 'ek-untrusted', 'the endorsement certificate leads to no trusted manufacturer')
    current = next
  }
  throw new Refusal('ek-untrusted', 'the chain of the endorsement certificate is too long')
}

const parsed = (der: Buffer): X509Certificate =>
  readingHostile('a certificate of the endorsement key', () => new X509Certificate(der))

const inDate = (certificate: X509Certificate, now: Milliseconds): boolean =>
  certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime()

/** Reading the key of a certificate from outside can fail; then it has signed nothing. */
function signedBy(certificate: X509Certificate, above: X509Certificate): boolean {
  try {
    return certificate.verify(above.publicKey)
  } catch {
    return false
  }
}
