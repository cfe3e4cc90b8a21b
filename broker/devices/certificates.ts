import { X509Certificate } from 'node:crypto'
import { readingHostile } from '../refusal.ts'

/** The certificates of a PEM text, as DER. */
export function certificatesOf(pem: string): Buffer[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return found.map((each) => readingHostile('a certificate', () => new X509Certificate(each).raw))
}

/** Whether a certificate stands for itself: it goes to the roots, any other to the intermediates. */
export function isRoot(der: Buffer): boolean {
  const certificate = new X509Certificate(der)
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey)
}
