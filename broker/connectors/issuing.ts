import { GomeisaError } from '../../graph/index.ts'
import type { IdTokens } from '../grants/connector.ts'

/** The broker as an issuer. Throws `REFUSED` where it is none. */
export function issuing(tokens: IdTokens | undefined): IdTokens {
  if (tokens !== undefined) return tokens
  throw new GomeisaError('REFUSED', 'the broker issues no tokens')
}

/** Throws `USAGE` where some entitlements are given by federation and the broker issues no tokens. */
export function mustIssue(tokens: IdTokens | undefined, ...federated: readonly (readonly unknown[])[]): void {
  if (tokens !== undefined || federated.every((each) => each.length === 0)) return
  throw new GomeisaError('USAGE', 'federation needs a broker that issues tokens', {
    remedy: 'give --issuer https://… too (docs/connectors.md)',
  })
}
