import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose'
import * as client from 'openid-client'
import { isObject } from '../../graph/index.ts'
import type { Milliseconds } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'

/** The identity provider, as the operator set it. */
export interface ProviderSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Claim that holds a person's name here (default: `email`, which must then be verified). */
  readonly personClaim?: string
  /** One of these authentication contexts must be vouched for; none given asks for none. */
  readonly acr?: readonly string[]
  /** For a provider on this machine, in tests and demonstrations: plain HTTP. */
  readonly insecure?: boolean
}

/** What the login must find again when the browser comes back. */
export interface LoginStart {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface LoggedIn {
  readonly person: string
  /** Issuer and subject, as JSON. */
  readonly subject: string
  readonly sid: string | undefined
  readonly acr: string | undefined
}

/** A logout that the provider announced. */
export interface LogoutNotice {
  readonly subject: string
  readonly sid: string | undefined
  readonly issuedAt: Milliseconds
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const subjectOf = (issuer: string, sub: string): string => JSON.stringify([issuer, sub])

/** Login by OpenID Connect: authorization code with PKCE, nonce and state; back-channel logout. */
export class Provider {
  readonly #settings: ProviderSettings
  readonly #redirect: string
  #known: Promise<client.Configuration> | undefined
  #keys: JWTVerifyGetKey | undefined

  /** `redirect`: where the provider sends the browser back to. */
  constructor(settings: ProviderSettings, redirect: string) {
    this.#settings = settings
    this.#redirect = redirect
  }

  async begin(): Promise<LoginStart> {
    const { acr, personClaim = 'email' } = this.#settings
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ]
    const url = client.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: this.#redirect,
      scope: personClaim === 'email' ? 'openid email' : 'openid profile email',
      response_type: 'code',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(acr && { acr_values: acr.join(' ') }),
    })
    return { url: url.href, state, nonce, verifier }
  }

  /** Who came back; refuses everything that is not the answer to `start`. `query`: of the address that the browser came back to. */
  async finish(query: string, start: Omit<LoginStart, 'url'>): Promise<LoggedIn> {
    const configuration = await this.#configuration()
    const back = new URL(this.#redirect)
    back.search = query
    const tokens = await client
      .authorizationCodeGrant(configuration, back, {
        pkceCodeVerifier: start.verifier,
        expectedState: start.state,
        expectedNonce: start.nonce,
        idTokenExpected: true,
      })
      .catch((cause: unknown) => {
        throw new Refusal('login-failed', 'the identity provider did not let you in', { cause })
      })
    const claims = tokens.claims()
    demand(claims !== undefined, 'login-failed', 'the identity provider did not say who you are')
    const { acr } = this.#settings
    const shown = typeof claims['acr'] === 'string' ? claims['acr'] : undefined
    demand(
      acr === undefined || (shown !== undefined && acr.includes(shown)),
      'login-failed',
      'the identity provider did not ask for as much as is needed here',
    )
    return {
      person: await this.#personOf(configuration, tokens.access_token, claims),
      subject: subjectOf(claims.iss, claims.sub),
      sid: typeof claims['sid'] === 'string' ? claims['sid'] : undefined,
      acr: shown,
    }
  }

  /**
   * Reads a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). A token without `sub` is refused: which person's
   * sessions end must not be guessed.
   */
  async logout(token: string, now: Milliseconds): Promise<LogoutNotice> {
    const metadata = (await this.#configuration()).serverMetadata()
    demand(metadata.jwks_uri !== undefined, 'login-failed', 'the identity provider shows no keys')
    this.#keys ??= createRemoteJWKSet(new URL(metadata.jwks_uri))
    const { payload } = await jwtVerify(token, this.#keys, {
      issuer: metadata.issuer,
      audience: this.#settings.clientId,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      requiredClaims: ['iat', 'jti', 'events', 'sub'],
      maxTokenAge: 300,
      currentDate: new Date(now),
    }).catch((cause: unknown) => {
      throw new Refusal('token-invalid', 'the logout token is not valid', { cause })
    })
    const { sub, sid, iat, events } = payload
    const sound = isObject(events) && isObject(events[LOGOUT_EVENT]) && payload['nonce'] === undefined
    demand(sound && typeof sub === 'string' && iat !== undefined, 'token-invalid', 'this is no logout token')
    return {
      subject: subjectOf(metadata.issuer, sub),
      sid: typeof sid === 'string' ? sid : undefined,
      issuedAt: iat * 1000,
    }
  }

  async #personOf(
    configuration: client.Configuration,
    accessToken: string,
    claims: client.IDToken,
  ): Promise<string> {
    const { personClaim = 'email' } = this.#settings
    const known: Readonly<Record<string, unknown>> =
      claims[personClaim] === undefined
        ? await client.fetchUserInfo(configuration, accessToken, claims.sub).catch((cause: unknown) => {
            throw new Refusal('login-failed', 'the identity provider did not say who you are', { cause })
          })
        : claims
    const name = known[personClaim]
    demand(typeof name === 'string' && name !== '', 'login-failed', `the claim \`${personClaim}\` is missing`)
    demand(
      personClaim !== 'email' || known['email_verified'] === true,
      'login-failed',
      'the identity provider has not verified the address',
    )
    return name
  }

  /** Asked for when it is needed, so that a broker starts while the provider is down; a failure is not kept. */
  #configuration(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, insecure } = this.#settings
    this.#known ??= client
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- not deprecated, only meant to be noticed; off unless it is asked for
        ...(insecure === true && { execute: [client.allowInsecureRequests] }),
      })
      .catch((cause: unknown) => {
        this.#known = undefined
        throw new Refusal('broker-unavailable', 'the identity provider cannot be reached', {
          remedy: 'try again; break-glass administrators come in by passkey',
          cause,
        })
      })
    return this.#known
  }
}
