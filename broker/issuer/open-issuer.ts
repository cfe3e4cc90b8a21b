import { discoveryPages } from './discovery.ts'
import type { IdTokens } from '../grants/connector.ts'
import { idTokens, issuerUrl } from './id-tokens.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface IssuerOptions {
  readonly keys: SigningKeys
  /** `https://…`: what clouds are told to believe. It must be reachable only where a cloud fetches the keys itself. */
  readonly issuer: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface TokenIssuer {
  readonly tokens: IdTokens
  /** For the port that browsers and clouds reach. */
  readonly pages: (request: Request) => Response | undefined
}

/** The broker as an issuer of OpenID Connect. Throws `USAGE` for an address that cannot be one. */
export function openIssuer({ keys, issuer, now }: IssuerOptions): TokenIssuer {
  const url = issuerUrl(issuer)
  return { tokens: idTokens(url, keys, now), pages: discoveryPages(url, keys) }
}
