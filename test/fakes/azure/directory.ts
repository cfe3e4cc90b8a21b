import { randomUUID } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose'
import type { JsonObject } from '../../../graph/index.ts'
import { TOKEN, type Also } from './resource-manager.ts'

export interface FederatedCredential {
  readonly name: string
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
}

export interface DirectoryOptions {
  readonly tenant: string
  readonly client: string
  /** What Entra would fetch from the issuer. */
  readonly jwks: () => JsonObject
  readonly now: () => number
}

/** Milliseconds: Entra gives 60 to 90 minutes. */
export const LASTS = 75 * 60_000

/** An application of Entra: its federated credentials as Graph keeps them, and the exchange of tokens that they allow. */
export function directory({ tenant, client, jwks, now }: DirectoryOptions) {
  const credentials = new Map<string, FederatedCredential>()
  /** Access tokens that were given, with whom they are for. */
  const given = new Map<string, string>()
  const made = {
    credentials,
    given,
    trouble: (() => undefined) as (method: string) => number | undefined,
    also: (() => undefined) as Also,
  }
  const wrong = (code: string): readonly [number, object] => [
    401,
    {
      error: 'invalid_client',
      error_description: `${code}: secret text`,
      error_codes: [Number(code.slice(6))],
    },
  ]

  const exchanged = async (body: string): Promise<readonly [number, object]> => {
    const form = new URLSearchParams(body)
    const text = (name: string) => form.get(name) ?? ''
    if (text('grant_type') !== 'client_credentials') return wrong('AADSTS70003')
    if (text('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return wrong('AADSTS50027')
    if (text('client_id') !== client) return wrong('AADSTS700016')
    const resource = /^(https:\/\/[^/]+)\/\.default$/.exec(text('scope'))?.[1]
    if (resource === undefined) return wrong('AADSTS70011')
    const assertion = text('client_assertion')
    const { iss, sub, aud } = decodeJwt(assertion)
    const matches = [...credentials.values()].some(
      (each) => each.issuer === iss && each.subject === sub && each.audiences.includes(String(aud)),
    )
    if (!matches) return wrong('AADSTS700213')
    try {
      const keys = createLocalJWKSet(jwks() as unknown as JSONWebKeySet)
      await jwtVerify(assertion, keys, { algorithms: ['RS256'], currentDate: new Date(now()) })
    } catch {
      return wrong('AADSTS700024')
    }
    const token = `access-${randomUUID()}`
    given.set(token, resource)
    const lasts = LASTS / 1000
    return [200, { token_type: 'Bearer', expires_in: lasts, ext_expires_in: lasts, access_token: token }]
  }

  const graph = (method: string, name: string | undefined, body: string): readonly [number, object] => {
    const fail = (status: number, code: string) =>
      [status, { error: { code, message: `secret text about ${body}` } }] as const
    const trouble = made.trouble(method)
    if (trouble !== undefined)
      return fail(trouble, trouble === 403 ? 'Authorization_RequestDenied' : 'serviceNotAvailable')
    if (method === 'GET') return [200, { value: [...credentials.values()] }]
    if (method === 'DELETE')
      return credentials.delete(name ?? '') ? [204, {}] : fail(404, 'Request_ResourceNotFound')
    const wanted = JSON.parse(body) as FederatedCredential
    if (credentials.has(wanted.name)) return fail(409, 'Request_MultipleObjectsWithSameKeyValue')
    if (credentials.size >= 20) return fail(400, 'Request_BadRequest')
    credentials.set(wanted.name, wanted)
    return [201, wanted]
  }

  const room = `/v1.0/applications(appId='${client}')/federatedIdentityCredentials`
  made.also = (method, url, body, bearer) => {
    if (method === 'POST' && url.pathname === `/${tenant}/oauth2/v2.0/token`) return exchanged(body)
    if (method === 'GET' && url.pathname.endsWith('/resourcegroups')) {
      const known = given.get(bearer.slice('Bearer '.length)) === 'https://management.azure.com'
      return Promise.resolve(known ? [200, { value: [{ name: 'shop' }] }] : [401, {}])
    }
    if (!url.pathname.startsWith('/v1.0/')) return undefined
    const denied = [401, { error: { code: 'InvalidAuthenticationToken' } }] as const
    if (bearer !== `Bearer ${TOKEN}`) return Promise.resolve(denied)
    const missing = [404, { error: { code: 'Request_ResourceNotFound' } }] as const
    if (!url.pathname.startsWith(room)) return Promise.resolve(missing)
    return Promise.resolve(graph(method, url.pathname.slice(room.length + 1) || undefined, body))
  }
  return made
}
