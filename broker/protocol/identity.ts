/** What both ends must spell alike. */

/** Attestation, best first: what is known of the place where a device's key lives. */
export const LEVELS = ['tpm', 'hardware', 'software'] as const
/**
 * - `tpm`: a TPM whose maker the operator trusts proved that it holds the key and will not let it out.
 * - `hardware`: something that behaves like a TPM proved the same, but nobody vouches for its maker.
 * - `software`: the key is in a file.
 */
export type AttestationLevel = (typeof LEVELS)[number]

export const isLevel = (text: unknown): text is AttestationLevel =>
  typeof text === 'string' && (LEVELS as readonly string[]).includes(text)

/** Whether `level` is at least as good as `least`. */
export const meets = (level: AttestationLevel, least: AttestationLevel): boolean =>
  LEVELS.indexOf(level) <= LEVELS.indexOf(least)

const DEVICE_URI = /^spiffe:\/\/gomeisa\/device\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The name of a device in its certificate (subject alternative name, URI). */
export const deviceUri = (id: string): string => `spiffe://gomeisa/device/${id}`
export const deviceOfUri = (uri: string): string | undefined => DEVICE_URI.exec(uri)?.[1]

/** First bytes of what a device signs to show that it holds its key, so that no other signature can stand in for it. */
const ENROLMENT_TAG = 'gomeisa enrolment v1\0'
const BINDING_TAG = 'gomeisa exporter binding v1\0'

/** What the key signs in an enrolment or renewal: the broker's nonce and the request for a certificate. */
export const enrolmentProof = (nonce: Uint8Array, request: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(ENROLMENT_TAG), nonce, request])

/** Label of the exported keying material (RFC 9266, `tls-exporter`). */
export const EXPORTER_LABEL = 'EXPORTER-Channel-Binding'
/** What the key signs to bind itself to one TLS connection: `exported` is that connection's value, 32 bytes. */
export const bindingProof = (exported: Uint8Array, nonce: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(BINDING_TAG), exported, nonce])
