/**
 * Something that tells which person an account belongs to, besides its name.
 * `subject`: what an identity provider calls the person, spelled `issuer subject` (see `subjectOf`).
 * `object`: an id that is unique in the world and says nothing of its issuer. `email`: an address, lower-case.
 */
export interface PersonIdentifier {
  readonly type: 'subject' | 'object' | 'email'
  readonly value: string
  /** Whoever keeps the account has made sure of it; false: anybody may have written it there. */
  readonly verified: boolean
  /** Of a verified one why it is sure (`the user principal name of a member`), of another what must hold. */
  readonly says: string
}

/** An address that anybody may have written there. `says`: what must hold for it to be the person's. */
export function unverifiedEmail(address: string, says: string): PersonIdentifier {
  return { type: 'email', value: address.toLowerCase(), verified: false, says }
}

/** An address that whoever keeps the account has made sure of. `says`: how. */
export function verifiedEmail(address: string, says: string): PersonIdentifier {
  return { type: 'email', value: address.toLowerCase(), verified: true, says }
}

/** An issuer and its subject as one text: without scheme and closing slash, the issuer in lower case. */
export function subjectOf(issuer: string, subject: string): string {
  const host = issuer.toLowerCase().replace(/^https?:\/\//, '')
  return `${host.endsWith('/') ? host.slice(0, -1) : host} ${subject}`
}
