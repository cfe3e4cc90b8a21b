import { createHash, randomBytes } from 'node:crypto'
import { Refusal } from '../refusal.ts'

/** An enrolment token as text: what proves the leave, and the authority that the new device must find at the other end. */
export interface EnrolmentToken {
  /** Base64url of 32 random bytes. */
  readonly secret: string
  /** SHA-256 of the authority's certificate, lower-case hexadecimal. */
  readonly authority: string
}

const PREFIX = 'gomeisa-enrol'

export const newTokenSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. Its secret has 256 bits of chance, so a plain hash cannot be searched. */
export const tokenHash = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const tokenText = (token: EnrolmentToken): string =>
  [PREFIX, token.secret, Buffer.from(token.authority, 'hex').toString('base64url')].join('.')

export function readToken(text: string): EnrolmentToken {
  const [prefix, secret, authority, more] = text.trim().split('.')
  const hash = Buffer.from(authority ?? '', 'base64url')
  if (
    prefix !== PREFIX ||
    secret === undefined ||
    secret.length !== 43 ||
    hash.length !== 32 ||
    more !== undefined
  ) {
    throw new Refusal('token-invalid', 'this is no enrolment token', {
      remedy: 'take it whole, as `gomeisa broker invite` printed it',
    })
  }
  return { secret, authority: hash.toString('hex') }
}
