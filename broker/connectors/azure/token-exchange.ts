import { GomeisaError, own, ownString } from '../../../graph/index.ts'
import { plainCode } from '../plain-code.ts'
import { codeOf } from './answers.ts'
import { objectIn, TIMEOUT, type Reach } from './microsoft-rest.ts'

const ENTRA = 'https://login.microsoftonline.com'
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export interface Exchange {
  readonly tenant: string
  readonly client: string
  /** A token of the broker. Secret. */
  readonly assertion: string
  /** Whom the access token is for, such as `https://management.azure.com`. */
  readonly resource: string
}

export interface AccessToken {
  /** Secret. */
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** Exchanges tokens of the broker for access tokens (Microsoft identity platform, "client credentials flow, federated credential"). */
export class TokenExchange {
  readonly #base: string
  readonly #now: () => number

  constructor({ endpoint = ENTRA }: Reach, now: () => number) {
    this.#base = endpoint.replace(/\/$/, '')
    this.#now = now
  }

  /** Rejects with `CLOUD_UNUSABLE` and Entra's code where no token comes. */
  async token({ tenant, client, assertion, resource }: Exchange, given: AbortSignal): Promise<AccessToken> {
    const signal = AbortSignal.any([given, AbortSignal.timeout(TIMEOUT)])
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      scope: `${resource}/.default`,
      client_assertion_type: ASSERTION,
      client_assertion: assertion,
    })
    const asked = this.#now()
    const url = `${this.#base}/${tenant}/oauth2/v2.0/token`
    let said: ReturnType<typeof objectIn>
    try {
      const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' })
      said = objectIn(await response.text())
    } catch (error) {
      throw refused(codeOf(error))
    }
    const [token, lasts] = [ownString(said, 'access_token'), own(said, 'expires_in')]
    if (token !== undefined && typeof lasts === 'number') return { token, expiresAt: asked + lasts * 1000 }
    const code = /^AADSTS\d{4,9}/.exec(ownString(said, 'error_description') ?? '')?.[0]
    throw refused(code ?? plainCode(ownString(said, 'error') ?? 'UNKNOWN'))
  }
}

/** Right after a grant was issued, Entra may not have heard of it everywhere. */
const refused = (code: string): GomeisaError =>
  new GomeisaError('CLOUD_UNUSABLE', `Entra gives no access token: ${code}`, {
    remedy:
      'try again in a minute; then check the application, and that Entra reaches the keys of the issuer',
  })
