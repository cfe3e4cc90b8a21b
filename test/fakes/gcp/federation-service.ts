import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { createHash, randomUUID } from 'node:crypto'
import type { AlsoThere, Binding, Policy } from './policy-service.ts'

export interface FederationOptions {
  /** The keys that the provider was handed. */
  readonly jwks: () => object
  readonly issuer: string
  /** `projects/N/locations/global/workloadIdentityPools/P/providers/V` */
  readonly provider: string
  readonly policies: ReadonlyMap<string, Policy>
  /** Google's own clock, milliseconds. */
  readonly now: () => number
}

interface Token {
  readonly principal: string
  readonly endsAt: number
}

const ID_TOKENS = ['urn:ietf:params:oauth:token-type:id_token', 'urn:ietf:params:oauth:token-type:jwt']
const ACCESS = 'urn:ietf:params:oauth:token-type:access_token'

/**
 * Google's side of workload identity federation: the exchange of a token (Security Token Service, v1), `generateAccessToken` (IAM
 * Credentials, v1), and lists of objects (Cloud Storage, JSON API), which all look at the bindings of that moment, with their conditions.
 */
export function federationService({ jwks, issuer, provider, policies, now }: FederationOptions) {
  const tokens = new Map<string, Token>()
  const pool = provider.replace(/\/providers\/.*$/, '')
  const audience = `//iam.googleapis.com/${provider}`
  /** Objects of the bucket `shop-prod`, by name. */
  const objects = new Map<string, string>()
  const service = { exchanges: 0, agents: new Set<string>(), objects }

  const allowed = (resource: string, role: string, principal: string): boolean =>
    (policies.get(resource)?.bindings ?? []).some(
      (each) => each.role === role && each.members.includes(principal) && holds(each, now()),
    )
  const refused = (status: string, code: number) =>
    [code, { error: { code, status, message: status } }] as const
  const bearer = (authorization: string | undefined): Token | undefined => {
    const token = tokens.get(authorization?.replace(/^Bearer /, '') ?? '')
    return token !== undefined && now() < token.endsAt ? token : undefined
  }
  const given = (principal: string, seconds: number): string => {
    const text = `ya29.fake-${randomUUID()}`
    tokens.set(text, { principal, endsAt: now() + seconds * 1000 })
    return text
  }

  async function exchange(form: URLSearchParams): Promise<readonly [number, object]> {
    const wrong = (error: string, why: string) => [400, { error, error_description: why }] as const
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:token-exchange')
      return wrong('unsupported_grant_type', 'another grant type')
    if (form.get('audience') !== audience) return wrong('invalid_target', 'the audience is not known here')
    if (!ID_TOKENS.includes(form.get('subject_token_type') ?? ''))
      return wrong('invalid_request', 'subject type')
    if ((form.get('scope') ?? '') === '') return wrong('invalid_scope', 'no scope')
    try {
      const keys = createLocalJWKSet(jwks() as JSONWebKeySet)
      const { payload } = await jwtVerify(form.get('subject_token') ?? '', keys, {
        ...{ issuer, audience: [audience, `https:${audience}`], algorithms: ['RS256', 'ES256'] },
        ...{ currentDate: new Date(now()), requiredClaims: ['sub', 'iat', 'exp'] },
      })
      service.exchanges++
      const principal = `principal://iam.googleapis.com/${pool}/subject/${payload.sub ?? ''}`
      const more = { issued_token_type: ACCESS, token_type: 'Bearer', expires_in: 3600 }
      return [200, { access_token: given(principal, 3600), ...more }]
    } catch {
      return wrong('invalid_grant', 'the token is not valid')
    }
  }

  const also: AlsoThere = async (request, body) => {
    const { pathname } = new URL(request.url ?? '', 'https://localhost')
    if (pathname === '/v1/token' && request.method === 'POST') {
      service.agents.add(String(request.headers['user-agent']))
      return exchange(new URLSearchParams(body))
    }
    const account = /^\/v1\/(projects\/-\/serviceAccounts\/(.+)):generateAccessToken$/.exec(pathname)
    if (account !== null) {
      const who = bearer(request.headers.authorization)
      if (who === undefined) return refused('UNAUTHENTICATED', 401)
      const role = 'roles/iam.workloadIdentityUser'
      if (!allowed(account[1] ?? '', role, who.principal)) return refused('PERMISSION_DENIED', 403)
      const { lifetime = '3600s', scope = [] } = JSON.parse(body) as { lifetime?: string; scope?: string[] }
      const seconds = Number(/^(\d+)s$/.exec(lifetime)?.[1])
      if (!(seconds >= 1 && seconds <= 3600) || scope.length === 0) return refused('INVALID_ARGUMENT', 400)
      const accessToken = given(`serviceAccount:${account[2] ?? ''}`, seconds)
      return [200, { accessToken, expireTime: new Date(now() + seconds * 1000).toISOString() }]
    }
    // What is known of an object (JSON API), and the object as the libraries for Go read it (XML API).
    const described = /^\/storage\/v1\/b\/([\w-]+)\/o\/(.+)$/.exec(pathname)
    const object = described ?? /^\/(shop-prod)\/(.+)$/.exec(pathname)
    if (object !== null) {
      const [, project = '', name = ''] = object
      const who = bearer(request.headers.authorization)
      if (who === undefined) return refused('UNAUTHENTICATED', 401)
      const may = allowed(`projects/${project}`, 'roles/storage.objectViewer', who.principal)
      if (!may) return refused('PERMISSION_DENIED', 403)
      const text = objects.get(decodeURIComponent(name))
      if (text === undefined) return refused('NOT_FOUND', 404)
      const md5Hash = createHash('md5').update(text).digest('base64')
      const about = { name, bucket: project, generation: '1', size: String(text.length), md5Hash }
      return [200, described === null ? (JSON.parse(text) as object) : about]
    }
    const bucket = /^\/storage\/v1\/b\/([\w-]+)\/o$/.exec(pathname)
    if (bucket !== null) {
      const who = bearer(request.headers.authorization)
      if (who === undefined) return refused('UNAUTHENTICATED', 401)
      // A bucket is called as its project.
      const resource = `projects/${bucket[1] ?? ''}`
      if (!allowed(resource, 'roles/storage.objectViewer', who.principal))
        return refused('PERMISSION_DENIED', 403)
      return [200, { kind: 'storage#objects', items: [{ name: 'ledger.csv' }], seen: who.principal }]
    }
    return undefined
  }
  return Object.assign(service, { also })
}

/** The one form of condition that is written here; anything else is not evaluated, and gives nothing. */
function holds({ condition }: Binding, now: number): boolean {
  if (condition === undefined) return true
  const end = /^request\.time < timestamp\("([^"]+)"\)$/.exec(condition.expression)?.[1]
  return end !== undefined && now < Date.parse(end)
}
