import { SignJWT } from 'jose'
import { randomUUID } from 'node:crypto'
import { GomeisaError } from '../../graph/index.ts'
import type { IdTokens } from '../grants/connector.ts'
import { LONGEST_TOKEN, type SigningKeys } from './signing-keys.ts'

const MOST_SUBJECT = 127

/** Tokens of ten minutes or until the grant's end (JWT, RS256; claims of OpenID Connect Core 1.0, section 2). */
export function idTokens(issuer: string, keys: SigningKeys, now: () => number): IdTokens {
  const iss = issuerUrl(issuer)
  return {
    issuer: iss,
    mint: async ({ audience, subject, terms }) => {
      const { person, grant, entitlement, device, deadline } = terms
      const iat = Math.floor(now() / 1000)
      const exp = Math.floor(Math.min(now() + LONGEST_TOKEN, deadline) / 1000)
      if (exp <= iat) throw new GomeisaError('REFUSED', 'the grant is at its end')
      if (Buffer.byteLength(subject) > MOST_SUBJECT)
        throw new GomeisaError('INPUT_SHAPE', `the subject of a token has more than ${MOST_SUBJECT} bytes`)
      const { id, key } = keys.current()
      const token = await new SignJWT({ person, grant, entitlement, device })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: id })
        .setIssuer(iss)
        .setSubject(subject)
        .setAudience(audience)
        .setIssuedAt(iat)
        .setExpirationTime(exp)
        .setJti(randomUUID())
        .sign(key)
      return { token, expiresAt: exp * 1000 }
    },
  }
}

/** The address of an issuer as tokens name it. Throws `USAGE` unless it is https, a host and nothing behind it. */
export function issuerUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url?.protocol === 'https:' && url.pathname === '/' && url.username === ''
  if (plain && (text === url.origin || text === `${url.origin}/`)) return url.origin
  throw new GomeisaError('USAGE', `\`${text}\` cannot be the address of an issuer`, {
    remedy: 'write it as https://broker.example.com, with no path',
  })
}
