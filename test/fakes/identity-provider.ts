import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What the tests use of `oidc-provider`, which ships no types. */
interface OidcProvider {
  callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  readonly Grant: new (of: { clientId: string; accountId: string }) => {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }
}
interface GrantContext {
  readonly oidc: {
    readonly client: { readonly clientId: string }
    readonly session: { readonly accountId: string }
    readonly provider: OidcProvider
  }
}

/** Who comes to the login page next, and how. */
export interface NextLogin {
  sub: string
  email: string
  emailVerified: boolean
  acr: string | undefined
}

export interface IdentityProvider {
  readonly issuer: string
  readonly next: NextLogin
  /** The address with which a browser ends its session here. */
  readonly endSession: string
  close(): Promise<void>
}

export const CLIENT = { id: 'gomeisa', secret: 'a secret of the tests, long enough' } as const
export const STRONG = 'urn:example:two-factors'

/** A real OpenID provider (`oidc-provider`) whose login page lets `next` in without a question. */
export async function identityProvider(options: {
  readonly port: number
  readonly redirect: string
  readonly backchannelLogout: string
}): Promise<IdentityProvider> {
  const next: NextLogin = { sub: 'ana', email: 'ana@example.com', emailVerified: true, acr: STRONG }
  const issuer = `http://localhost:${options.port}`
  const library = 'oidc-provider'
  const { default: Provider } = (await import(library)) as {
    readonly default: new (issuer: string, configuration: object) => OidcProvider
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [options.redirect],
        backchannel_logout_uri: options.backchannelLogout,
        backchannel_logout_session_required: true,
      },
    ],
    acrValues: [STRONG],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    // Its own refuses to call this machine.
    fetch: (url: string, { body, headers, method }: RequestInit) =>
      fetch(url, { body: body ?? null, headers: headers ?? {}, method: method ?? 'GET' }),
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
    interactions: { url: () => '/enter' },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, email: next.email, email_verified: next.emailVerified }),
    }),
    loadExistingGrant: async ({ oidc }: GrantContext) => {
      const { client, session } = oidc
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  })
  const callback = provider.callback()
  const server = createServer((request, response) => {
    if (request.url === '/enter') {
      const login = { accountId: next.sub, ...(next.acr !== undefined && { acr: next.acr }) }
      void provider.interactionFinished(request, response, { login })
    } else void callback(request, response)
  })
  await new Promise<void>((done) => server.listen(options.port, 'localhost', () => done()))
  return {
    issuer,
    next,
    endSession: `${issuer}/session/end`,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}
