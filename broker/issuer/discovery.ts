import type { SigningKeys } from './signing-keys.ts'

const CONFIGURATION = '/.well-known/openid-configuration'
const JWKS = '/.well-known/jwks.json'
/** Seconds for which others may keep the keys: less than the time between publishing one and signing with it. */
const KEPT = 300

/**
 * The two public pages of an issuer (OpenID Connect Discovery 1.0): what it is, and by which keys its tokens are checked. Under
 * the issuer's own host only; undefined for anything else.
 */
export function discoveryPages(
  issuer: string,
  keys: SigningKeys,
): (request: Request) => Response | undefined {
  return (request) => {
    const { pathname } = new URL(request.url)
    if (pathname !== CONFIGURATION && pathname !== JWKS) return undefined
    if (request.headers.get('host') !== new URL(issuer).host) return undefined
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    const page = pathname === JWKS ? keys.jwks() : configuration(issuer)
    return new Response(request.method === 'HEAD' ? null : JSON.stringify(page), {
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': `public, max-age=${KEPT}`,
        'X-Content-Type-Options': 'nosniff',
      },
    })
  }
}

/** Nobody signs in here: what discovery asks for beyond keys and algorithms is left out, as other issuers for clouds do. */
const configuration = (issuer: string) => ({
  issuer,
  jwks_uri: `${issuer}${JWKS}`,
  response_types_supported: ['id_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid'],
  claims_supported: [
    ...['iss', 'sub', 'aud', 'iat', 'exp', 'jti'],
    ...['person', 'grant', 'entitlement', 'device'],
  ],
})
