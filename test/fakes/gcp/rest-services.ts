import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { LocalCertificate } from '../tls.ts'
import type { Rules, SeenCall } from './asset-service.ts'
import {
  BINDINGS,
  BOUNDARIES,
  CONTAINERS,
  DENIALS,
  ENTITLEMENTS,
  GROUPS,
  ORGANIZATION,
  ROLES,
} from './planted.ts'

const STATUS: ReadonlyMap<number, readonly [http: number, name: string]> = new Map([
  [5, [404, 'NOT_FOUND']],
  [7, [403, 'PERMISSION_DENIED']],
  [8, [429, 'RESOURCE_EXHAUSTED']],
  [14, [503, 'UNAVAILABLE']],
  [16, [401, 'UNAUTHENTICATED']],
])
export const TOKEN = 'fake-access-token'
const ROWS = 3

type Answer = object | undefined
type Route = readonly [path: RegExp, answer: (found: readonly string[], query: URLSearchParams) => Answer]

const named = (name: string, rows: readonly object[]) => (_: unknown, query: URLSearchParams) => {
  const from = Number(query.get('pageToken') ?? 0)
  const next = from + ROWS < rows.length ? { nextPageToken: String(from + ROWS) } : {}
  const page = rows.slice(from, from + ROWS)
  return { ...(page.length === 0 ? {} : { [name]: page }), ...next }
}

const ROUTES: readonly Route[] = [
  [/^\/v3\/organizations:search$/, () => ({ organizations: [{ name: ORGANIZATION }] })],
  [
    /^\/v1\/roles$/,
    (found, query) => (query.get('view') === 'FULL' ? named('roles', ROLES)(found, query) : {}),
  ],
  [
    /^\/v2\/policies\/(cloudresourcemanager[^/]+)\/denypolicies$/,
    ([, point = ''], query) =>
      // As Google does: a listing leaves the rules out.
      named(
        'policies',
        DENIALS.filter(({ name }) => name.startsWith(`policies/${point}/`)).map(({ name }) => ({ name })),
      )(undefined, query),
  ],
  [
    /^\/v2\/(policies\/.+\/denypolicies\/[^/]+)$/,
    ([, name]) => DENIALS.find((policy) => policy.name === name),
  ],
  [
    /^\/v3\/organizations\/1\/locations\/global\/principalAccessBoundaryPolicies$/,
    named('principalAccessBoundaryPolicies', BOUNDARIES),
  ],
  [
    /^\/v3\/(organizations\/1\/.+):searchPolicyBindings$/,
    ([, name], query) =>
      named(
        'policyBindings',
        BINDINGS.filter(({ policy }) => policy === name),
      )(undefined, query),
  ],
  [
    /^\/v1\/((?:organizations|folders|projects)\/[^/]+)\/locations\/global\/entitlements$/,
    ([, at = ''], query) =>
      CONTAINERS.includes(at)
        ? named(
            'entitlements',
            ENTITLEMENTS.filter(({ name }) => name.startsWith(`${at}/`)),
          )(undefined, query)
        : undefined,
  ],
  [
    /^\/v1\/groups:lookup$/,
    (_, query) => {
      const n = [...GROUPS.keys()].indexOf(query.get('groupKey.id') ?? '')
      return n === -1 ? undefined : { name: `groups/g${n}` }
    },
  ],
  [
    /^\/v1\/groups\/g(\d)\/memberships$/,
    ([, n], query) =>
      named(
        'memberships',
        ([...GROUPS.values()][Number(n)] ?? []).map(({ type, id }) => ({
          name: `groups/g${n ?? ''}/memberships/${id}`,
          preferredMemberKey: { id },
          ...(query.get('view') === 'FULL' ? { type } : {}),
        })),
      )(undefined, query),
  ],
]

/** Google's REST interfaces of IAM, groups and Privileged Access Manager, and the exchange of a token; over TLS. */
export async function restServices(
  { certificate, key }: LocalCertificate,
  seen: SeenCall[],
  rules: Rules,
): Promise<{ readonly port: number; stop(): void }> {
  const server: Server = createServer({ cert: certificate, key }, (request, response) => {
    const url = new URL(request.url ?? '', 'https://fake')
    const say = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) => {
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(JSON.stringify(body))
      }, rules.delay)
    }
    if (url.pathname === '/token') {
      request.resume()
      const type = 'urn:ietf:params:oauth:token-type:access_token'
      say(200, { access_token: TOKEN, issued_token_type: type, token_type: 'Bearer', expires_in: 3600 })
      return
    }
    const bearer = request.headers.authorization ?? ''
    const about = url.pathname + (url.searchParams.get('groupKey.id') ?? '')
    const one = { method: 'GET', about, page: url.searchParams.get('pageToken') ?? '', bearer }
    seen.push(one)
    const refusal = bearer === `Bearer ${TOKEN}` ? rules.refuse(one) : { status: 7 }
    if (refusal !== undefined) {
      const [http, name] = STATUS.get(refusal.status) ?? [500, 'INTERNAL']
      const details = refusal.reason === undefined ? [] : [{ reason: refusal.reason }]
      const headers = refusal.wait === undefined ? {} : { 'retry-after': String(refusal.wait) }
      say(http, { error: { code: http, status: name, message: 'refused by the fake', details } }, headers)
      return
    }
    for (const [path, answer] of ROUTES) {
      const found = path.exec(url.pathname)
      if (found === null) continue
      const body = answer(found, url.searchParams)
      if (body === undefined) say(404, { error: { code: 404, status: 'NOT_FOUND', message: 'none' } })
      else say(200, body)
      return
    }
    say(404, { error: { code: 404, status: 'NOT_FOUND', message: 'no such method' } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
