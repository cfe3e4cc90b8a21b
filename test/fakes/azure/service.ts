import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { LocalCertificate } from '../tls.ts'
import * as planted from './planted.ts'

export interface Seen {
  readonly about: string
  readonly page: string
  readonly bearer: string
}

/** How the fake misbehaves. */
export interface Refusal {
  readonly status: number
  readonly code: string
  /** Seconds of `Retry-After`. */
  readonly wait?: number
}

export interface Rules {
  refuse: (call: Seen) => Refusal | undefined
  /** Milliseconds before each answer. */
  delay: number
}

export const TOKEN = 'fake-access-token'
const ROWS = 3

type Row = object
interface Listed {
  readonly rows: readonly Row[]
  readonly like: 'arm' | 'graph' | 'one'
}
type Route = readonly [
  path: RegExp,
  answer: (found: readonly string[], query: URLSearchParams) => Listed | undefined,
]

const arm = (rows: readonly Row[]): Listed => ({ rows, like: 'arm' })
const graph = (rows: readonly Row[]): Listed => ({ rows, like: 'graph' })

/** Without a filter, what is on the scope, above and below; with `atScope()`, on it and above. */
function inScope<T extends { readonly properties: { readonly scope: string } }>(
  rows: readonly T[],
  scope: string,
  query: URLSearchParams,
): readonly T[] {
  const work = '/providers/Microsoft.Management/managementGroups/work'
  const last = planted.SUBSCRIPTIONS.at(-1)?.id
  const above = ['/', ...(scope === last ? [] : [work])]
  const isHere = (at: string) =>
    at === scope || at === '/' || (scope.startsWith('/subscriptions/') && above.includes(at))
  const isBelow = (at: string) => query.get('$filter') !== 'atScope()' && at.startsWith(`${scope}/`)
  return rows.filter(({ properties: { scope: at } }) => isHere(at) || isBelow(at))
}

const SCOPE = '(\\/subscriptions\\/[^/]+|\\/providers\\/Microsoft\\.Management\\/managementGroups\\/[^/]+)'
const authorization = (type: string) => new RegExp(`^${SCOPE}/providers/Microsoft\\.Authorization/${type}$`)

const ROUTES: readonly Route[] = [
  [/^\/subscriptions$/, () => arm(planted.SUBSCRIPTIONS)],
  [
    /^\/providers\/Microsoft\.Management\/managementGroups\/([^/]+)$/,
    ([, name], query) =>
      name === planted.TENANT && query.get('$recurse') === 'true'
        ? { rows: [planted.MANAGEMENT_GROUP], like: 'one' }
        : undefined,
  ],
  [/^\/providers\/Microsoft\.Authorization\/roleDefinitions$/, () => arm(planted.BUILT_IN)],
  [
    authorization('roleDefinitions'),
    (_, query) => arm(query.get('$filter') === "type eq 'CustomRole'" ? [planted.CUSTOM] : planted.BUILT_IN),
  ],
  [authorization('roleAssignments'), ([, at = ''], query) => arm(inScope(planted.ASSIGNMENTS, at, query))],
  [authorization('denyAssignments'), ([, at = ''], query) => arm(inScope(planted.DENIALS, at, query))],
  [
    authorization('roleEligibilityScheduleInstances'),
    ([, at = ''], query) => arm(inScope(planted.ELIGIBLE, at, query)),
  ],
  [
    authorization('roleManagementPolicyAssignments'),
    ([, at = ''], query) =>
      arm(
        planted.POLICIES.filter(
          ({ properties: { scope, roleDefinitionId } }) =>
            scope === at && query.get('$filter') === `roleDefinitionId eq '${roleDefinitionId}'`,
        ),
      ),
  ],
  [
    /userAssignedIdentities\/deployer\/federatedIdentityCredentials$/,
    () =>
      arm([
        {
          name: 'github',
          properties: {
            issuer: 'https://token.actions.githubusercontent.com',
            subject: 'repo:o/r:ref:refs/heads/main',
            audiences: ['api://AzureADTokenExchange'],
          },
        },
      ]),
  ],
  [/^\/v1\.0\/organization$/, () => graph([{ id: planted.TENANT }])],
  [/^\/v1\.0\/users$/, () => graph(planted.USERS)],
  [/^\/v1\.0\/groups$/, () => graph(planted.GROUPS)],
  [/^\/beta\/groups\/([^/]+)\/members$/, ([, of = '']) => graph(planted.MEMBERS.get(of) ?? [])],
  [/^\/beta\/groups\/[^/]+\/owners$/, () => graph([])],
  [/^\/v1\.0\/servicePrincipals$/, () => graph(planted.PRINCIPALS)],
  [/^\/v1\.0\/applications$/, () => graph(planted.APPLICATIONS)],
  [/^\/v1\.0\/(?:servicePrincipals|applications)\/[^/]+\/owners$/, () => graph([])],
  [/^\/v1\.0\/servicePrincipals\/[^/]+\/appRoleAssignments$/, () => graph([])],
  [/^\/v1\.0\/oauth2PermissionGrants$/, () => graph(planted.DELEGATED)],
  [/^\/v1\.0\/applications\/[^/]+\/federatedIdentityCredentials$/, () => graph([])],
  [/^\/v1\.0\/roleManagement\/directory\/roleDefinitions$/, () => graph([planted.DIRECTORY_ROLE])],
  [/^\/v1\.0\/roleManagement\/directory\/roleAssignments$/, () => graph(planted.DIRECTORY_ASSIGNMENTS)],
  [
    /^\/v1\.0\/roleManagement\/directory\/roleEligibilityScheduleInstances$/,
    () => graph(planted.DIRECTORY_ELIGIBLE),
  ],
  [
    /^\/v1\.0\/identityGovernance\/privilegedAccess\/group\/eligibilityScheduleInstances$/,
    (_, query) => {
      const of = /^groupId eq '([^']+)'$/.exec(query.get('$filter') ?? '')?.[1]
      return of === undefined
        ? undefined
        : graph(planted.GROUP_ELIGIBLE.filter(({ groupId }) => groupId === of))
    },
  ],
  [
    /^\/v1\.0\/policies\/roleManagementPolicyAssignments$/,
    (_, query) => {
      if (query.get('$expand') !== 'policy($expand=rules)') return undefined
      const asked = /^scopeId eq '([^']+)' and scopeType eq '([^']+)'$/.exec(query.get('$filter') ?? '')
      const all = [...planted.DIRECTORY_POLICIES, ...planted.GROUP_POLICIES]
      return graph(all.filter(({ scopeId, scopeType }) => scopeId === asked?.[1] && scopeType === asked[2]))
    },
  ],
  [/^\/v1\.0\/directory\/administrativeUnits$/, () => graph([planted.UNIT])],
  [/^\/v1\.0\/directory\/administrativeUnits\/[^/]+\/members$/, () => graph(planted.UNIT_MEMBERS)],
]

/** Resource Manager, Microsoft Graph and the login of the tenant, over TLS on one address. */
export async function azureService(
  { certificate, key }: LocalCertificate,
  seen: Seen[],
  rules: Rules,
): Promise<{ readonly url: string; stop(): void }> {
  let base = ''
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const url = new URL(request.url ?? '', base)
    const say = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) => {
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(JSON.stringify(body))
      }, rules.delay)
    }
    if (url.pathname.startsWith(`/${planted.TENANT}/`)) {
      request.resume()
      say(200, login(url, base))
      return
    }
    void bodyOf(request).then((text) => {
      const sent = text === '' ? {} : (JSON.parse(text) as ResourceQuery)
      const page = sent.options?.$skipToken ?? url.searchParams.get('$skiptoken') ?? ''
      const filter = url.searchParams.get('$filter') ?? ''
      const bearer = request.headers.authorization ?? ''
      const one = { about: `${url.pathname} ${sent.query ?? filter}`.trim(), page, bearer }
      seen.push(one)
      const refusal =
        bearer === `Bearer ${TOKEN}` ? rules.refuse(one) : { status: 401, code: 'InvalidAuthenticationToken' }
      if (refusal !== undefined) {
        const headers = refusal.wait === undefined ? {} : { 'retry-after': String(refusal.wait) }
        say(refusal.status, { error: { code: refusal.code, message: `refused ${planted.SECRET}` } }, headers)
      } else if (sent.query !== undefined) {
        say(200, resourceGraph(sent))
      } else {
        const [status, body] = answer(url, base)
        say(status, body)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url: base,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface ResourceQuery {
  readonly query?: string
  readonly options?: { readonly $skipToken?: string; readonly resultFormat?: string }
}

function resourceGraph({ query = '', options }: ResourceQuery): object {
  const tables: Readonly<Record<string, readonly Row[]>> = {
    resources: planted.RESOURCES,
    managedservicesresources: planted.LIGHTHOUSE,
  }
  const rows = tables[query.split(' ')[0] ?? ''] ?? []
  const from = Number(options?.$skipToken ?? 0)
  const next = from + ROWS < rows.length ? { $skipToken: String(from + ROWS) } : {}
  const data = rows.slice(from, from + ROWS)
  return {
    totalRecords: rows.length,
    count: data.length,
    resultTruncated: 'false',
    facets: [],
    data,
    ...next,
  }
}

function answer(url: URL, base: string): readonly [status: number, body: object] {
  if (
    !url.pathname.startsWith('/v1.0/') &&
    !url.pathname.startsWith('/beta/') &&
    !url.searchParams.has('api-version')
  )
    return [400, { error: { code: 'MissingApiVersionParameter', message: 'the api-version is missing' } }]
  for (const [path, rowsFor] of ROUTES) {
    const found = path.exec(url.pathname)
    if (found === null) continue
    const listed = rowsFor(found, url.searchParams)
    if (listed === undefined) break
    if (listed.like === 'one') return [200, listed.rows[0] ?? {}]
    const from = Number(url.searchParams.get('$skiptoken') ?? 0)
    const following = new URL(url.pathname + url.search, base)
    following.searchParams.set('$skiptoken', String(from + ROWS))
    const name = listed.like === 'arm' ? 'nextLink' : '@odata.nextLink'
    const next = from + ROWS < listed.rows.length ? { [name]: following.href } : {}
    return [200, { value: listed.rows.slice(from, from + ROWS), ...next }]
  }
  return [404, { error: { code: 'NotFound', message: 'no such thing' } }]
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
function login(url: URL, base: string): object {
  const at = `${base}${planted.TENANT}`
  if (url.pathname.endsWith('/.well-known/openid-configuration')) {
    return {
      token_endpoint: `${at}/oauth2/v2.0/token`,
      authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
      issuer: `${at}/v2.0`,
      jwks_uri: `${at}/discovery/v2.0/keys`,
    }
  }
  return { token_type: 'Bearer', expires_in: 3600, access_token: TOKEN }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
