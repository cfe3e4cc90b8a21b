import { GomeisaError, own, ownString, type JsonObject } from '../../../graph/index.ts'
import type { LiveCredentials } from '../credential-desk.ts'

/** As the connectors call what they mint. */
export const GCP_CREDENTIALS = 'gcp-federation'
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'

/** What Google's libraries tell an executable in its environment (AIP-4117). */
export type Asked = Readonly<Record<string, string | undefined>>

/**
 * The document of executable-sourced credentials (AIP-4117). Throws `REFUSED` where what the library was configured for is another
 * place than the grant's: the token would be sent there.
 */
export function executableDocument(live: LiveCredentials, asked: Asked): string {
  const { token, audience, impersonationUrl } = parts(live)
  const account = /serviceAccounts\/([^:]+):/.exec(impersonationUrl ?? '')?.[1]
  same('audience', asked['GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE'], audience)
  same('service account', asked['GOOGLE_EXTERNAL_ACCOUNT_IMPERSONATED_EMAIL'], account)
  const type = asked['GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE'] || ID_TOKEN
  if (type !== ID_TOKEN && type !== JWT) same('token type', type, ID_TOKEN)
  const expiration_time = Math.floor(live.expiresAt / 1000)
  return JSON.stringify({ version: 1, success: true, token_type: type, id_token: token, expiration_time })
}

/** What went wrong, in the form in which libraries show it. It is only read when the executable ends with 0. */
export const executableError = (code: string, message: string): string =>
  JSON.stringify({ version: 1, success: false, code, message })

/** What an address gives from which a library fetches the token (AIP-4117, URL-sourced). */
export function urlDocument(live: LiveCredentials): string {
  return JSON.stringify({ id_token: parts(live).token })
}

/** Where a library finds the token: a command, or an address with headers. */
export type CredentialSource =
  | { readonly executable: { readonly command: string; readonly timeout_millis: number } }
  | { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly format: JsonObject }

/** An address that answers `urlDocument` to who knows its token. */
export const urlSource = (url: string, token: string): CredentialSource => ({
  url,
  headers: { Authorization: token },
  format: { type: 'json', subject_token_field_name: 'id_token' },
})

/** The credential configuration of Google's libraries (`external_account`, AIP-4117). It holds no secret of Google's. */
export function credentialConfiguration(live: LiveCredentials, source: CredentialSource): string {
  const { audience, tokenUrl, impersonationUrl, lifetimeSeconds } = parts(live)
  const impersonated = impersonationUrl !== undefined && {
    service_account_impersonation_url: impersonationUrl,
    service_account_impersonation: { token_lifetime_seconds: lifetimeSeconds },
  }
  const all = {
    ...{ type: 'external_account', universe_domain: 'googleapis.com' },
    ...{ audience, subject_token_type: ID_TOKEN, token_url: tokenUrl },
    ...impersonated,
    credential_source: source,
  }
  return `${JSON.stringify(all, null, 2)}\n`
}

/** The project in which the grant is, where it is in one. */
export const projectOf = ({ secret }: LiveCredentials): string | undefined => ownString(secret, 'project')

function parts({ kind, secret }: LiveCredentials) {
  const [token, audience, tokenUrl] = ['token', 'audience', 'tokenUrl'].map((name) => ownString(secret, name))
  if (kind !== GCP_CREDENTIALS || token === undefined || audience === undefined || tokenUrl === undefined) {
    throw new GomeisaError('USAGE', 'this grant gives no credentials of Google Cloud', {
      remedy: 'name a grant of Google Cloud',
    })
  }
  const impersonationUrl = ownString(secret, 'impersonationUrl')
  const lifetime = own(secret, 'lifetimeSeconds')
  const lifetimeSeconds = typeof lifetime === 'number' ? lifetime : 3600
  return { token, audience, tokenUrl, impersonationUrl, lifetimeSeconds }
}

/** An empty or missing word of the library says nothing. */
function same(what: string, asked: string | undefined, granted: string | undefined): void {
  if (asked === undefined || asked === '' || asked === granted) return
  throw new GomeisaError('REFUSED', `the configuration is for another ${what} than the grant`, {
    remedy: 'write it anew: gomeisa setup',
  })
}
