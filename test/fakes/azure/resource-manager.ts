import { randomUUID } from 'node:crypto'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import type { LocalCertificate } from '../tls.ts'

export interface Thing {
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}
/** `lost`: done, and no answer. `deaf`: said to be done, and not done. */
export type Trouble = number | 'lost' | 'deaf' | undefined

export const TOKEN = 'access-token-of-the-broker'
export type Also = (
  method: string,
  url: URL,
  body: string,
  bearer: string,
) => Promise<readonly [number, object]> | undefined
const ROOM = '/providers/Microsoft.Authorization/'
const VERSIONS: Readonly<Record<string, string>> = { roleAssignments: '2022-04-01' }
const guid = (id: unknown) => String(id).split('/').at(-1)?.toLowerCase()
const sameTriple = (a: Thing['properties'], b: Thing['properties']) =>
  a['scope'] === b['scope'] &&
  a['principalId'] === b['principalId'] &&
  guid(a['roleDefinitionId']) === guid(b['roleDefinitionId'])

/**
 * Role assignments and Privileged Identity Management as Azure Resource Manager keeps them, over TLS: one assignment of a person, role
 * and place; nothing removed or given for less than five minutes; lists that lag behind. Tokens as App Service gives them.
 */
export async function resourceManager({ certificate, key }: LocalCertificate, now: () => number) {
  const assignments = new Map<string, Thing>()
  const requests = new Map<string, Thing>()
  const seen: { readonly method: string; readonly kind: string; readonly type: string }[] = []
  const cloud = {
    assignments,
    requests,
    seen,
    /** How many lists still show what was there before the last change. */
    lag: 0,
    /** How often a request is looked at before it has ended. */
    pending: 0,
    trouble: (() => undefined) as (method: string, kind: string) => Trouble,
    /** A code of status 404 for whatever is asked. */
    refuseAll: '',
    /** Before a change is made. */
    meanwhile: (() => undefined) as () => void,
    secret: randomUUID(),
    /** Other services at the same address; undefined: not theirs. */
    also: (() => undefined) as Also,
    port: 0,
    stop: (() => undefined) as () => void,
    add(properties: Thing['properties'], name: string = randomUUID()) {
      assignments.set(name, { name, properties })
    },
  }
  let before: readonly Thing[] = []
  let stale = 0
  const expire = () => {
    for (const [name, { properties }] of assignments) {
      if (Date.parse(String(properties['endDateTime'])) <= now()) assignments.delete(name)
    }
  }
  const changed = (change: () => void) => {
    before = [...assignments.values()]
    change()
    stale = cloud.lag
  }
  const listed = (): readonly Thing[] => (stale-- > 0 ? before : [...assignments.values()])
  const held = (properties: Thing['properties']) =>
    [...assignments.values()].find((each) => sameTriple(each.properties, properties))
  type Say = readonly [number, object | string]
  /** Azure writes the role with the subscription in front. */
  const written = (scope: string, given: object) => {
    const properties = given as Record<string, unknown>
    const subscription = scope.split('/').slice(0, 3).join('/')
    return {
      ...properties,
      scope,
      roleDefinitionId: `${subscription}${ROOM}roleDefinitions/${guid(properties['roleDefinitionId'])}`,
    }
  }

  const ordinary = (method: string, scope: string, name: string, body: string): Say => {
    const found = assignments.get(name)
    if (method === 'GET') return found === undefined ? [404, 'RoleAssignmentNotFound'] : [200, found]
    if (method === 'DELETE') {
      if (found === undefined) return [204, {}]
      changed(() => assignments.delete(name))
      return [200, found]
    }
    const properties = written(scope, (JSON.parse(body) as Thing).properties)
    const other = held(properties)
    if (other !== undefined) return other.name === name ? [200, other] : [409, 'RoleAssignmentExists']
    changed(() => cloud.add(properties, name))
    return [201, assignments.get(name) ?? {}]
  }

  const asked = (method: string, scope: string, name: string, body: string): Say => {
    const found = requests.get(name)
    if (method === 'GET') {
      if (found === undefined) return [404, 'RoleAssignmentScheduleRequestNotFound']
      const waiting = cloud.pending-- > 0
      const properties = { ...found.properties, ...(waiting && { status: 'PendingProvisioning' }) }
      return [200, { name, properties }]
    }
    if (found !== undefined) return [409, 'RoleAssignmentScheduleRequestExists']
    const properties = written(scope, (JSON.parse(body) as Thing).properties) as Record<string, unknown>
    const { requestType } = properties
    const there = held(properties)
    const endDateTime = (properties['scheduleInfo'] as { expiration?: { endDateTime?: string } } | undefined)
      ?.expiration?.endDateTime
    const kept = (schedule: string, status: string): Say => {
      const target = `${ROOM}RoleAssignmentSchedules/${schedule}`
      requests.set(name, {
        name,
        properties: { ...properties, status, targetRoleAssignmentScheduleId: target },
      })
      return [201, requests.get(name) ?? {}]
    }
    if (requestType === 'AdminAssign') {
      if (there !== undefined) return [400, 'RoleAssignmentExists']
      if (endDateTime !== undefined && Date.parse(endDateTime) - now() < 300_000)
        return [400, 'ActiveDurationTooShort']
      const schedule = randomUUID()
      changed(() => cloud.add({ ...properties, endDateTime, schedule, createdOn: now() }))
      return kept(schedule, 'Provisioned')
    }
    if (there === undefined) return [400, 'RoleAssignmentDoesNotExist']
    const schedule = String(there.properties['schedule'])
    if (requestType === 'AdminUpdate') {
      changed(() => cloud.add({ ...there.properties, endDateTime }, there.name))
      return kept(schedule, 'Provisioned')
    }
    if (now() - Number(there.properties['createdOn']) < 300_000) return [400, 'ActiveDurationTooShort']
    changed(() => assignments.delete(there.name))
    return kept(schedule, 'Revoked')
  }

  const instances = (): readonly Thing[] =>
    listed().map(({ name, properties }) => {
      const { schedule = name, scope, principalId, roleDefinitionId, endDateTime } = properties
      const roleAssignmentScheduleId = `${ROOM}RoleAssignmentSchedules/${String(schedule)}`
      const rest = { memberType: 'Direct', assignmentType: 'Assigned', endDateTime, roleAssignmentScheduleId }
      return { name, properties: { scope, principalId, roleDefinitionId, ...rest } }
    })

  /** Two a page, as every list may come in pages. */
  const page = (url: URL, all: readonly Thing[]): Say => {
    const who = /^principalId eq '([\w-]+)'$/.exec(url.searchParams.get('$filter') ?? '')?.[1]
    if (who === undefined) return [400, 'InvalidFilter']
    const mine = all.filter(({ properties }) => properties['principalId'] === who)
    const from = Number(url.searchParams.get('$skiptoken') ?? 0)
    const next = new URL(url)
    next.searchParams.set('$skiptoken', String(from + 2))
    const more = from + 2 < mine.length
    return [200, { value: mine.slice(from, from + 2), ...(more && { nextLink: next.href }) }]
  }

  const answer = (method: string, url: URL, body: string): Say => {
    const [, scope = '', kind = '', name] =
      /^(\/subscriptions\/[^?]*?)\/providers\/Microsoft\.Authorization\/(\w+)(?:\/([\w-]+))?$/.exec(
        url.pathname,
      ) ?? []
    const wanted = VERSIONS[kind] ?? '2020-10-01'
    if (!url.searchParams.has('api-version')) return [400, 'MissingApiVersionParameter']
    if (url.searchParams.get('api-version') !== wanted) return [400, 'NoRegisteredProviderFound']
    if (cloud.refuseAll !== '') return [404, cloud.refuseAll]
    expire()
    if (name !== undefined && kind === 'roleAssignments') return ordinary(method, scope, name, body)
    if (name !== undefined) return asked(method, scope, name, body)
    if (kind === 'roleAssignments') return page(url, listed())
    if (kind === 'roleAssignmentScheduleInstances') return page(url, instances())
    return page(url, [...requests.values()])
  }

  const server = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? '', `https://localhost:${cloud.port}`)
      const method = request.method ?? ''
      const say = (status: number, data: object) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(status === 204 ? undefined : JSON.stringify(data))
      }
      const fail = (status: number, code: string) => {
        say(status, { error: { code, message: `secret text about ${body}` } })
      }
      if (url.pathname === '/msi/token') {
        const known = request.headers['x-identity-header'] === cloud.secret
        const expires_on = String(Math.floor(Date.now() / 1000) + 3600)
        const token = { access_token: TOKEN, expires_on, resource: url.searchParams.get('resource') }
        say(known ? 200 : 401, { ...token, token_type: 'Bearer' })
        return
      }
      const other = cloud.also(method, url, body, request.headers.authorization ?? '')
      if (other !== undefined) {
        void other.then(([status, said]) => {
          say(status, said)
        })
        return
      }
      const kind = url.pathname.split(ROOM)[1]?.split('/')[0] ?? ''
      const type =
        body === ''
          ? ''
          : (((JSON.parse(body) as Thing).properties['requestType'] as string | undefined) ?? '')
      seen.push({ method, kind, type })
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        fail(401, 'InvalidAuthenticationToken')
        return
      }
      if (method !== 'GET') cloud.meanwhile()
      const trouble = cloud.trouble(method, kind)
      if (typeof trouble === 'number') {
        fail(trouble, trouble === 403 ? 'AuthorizationFailed' : 'ServerBusy')
        return
      }
      const [status, said] = trouble === 'deaf' ? [200, {}] : answer(method, url, body)
      if (trouble === 'lost') request.socket.destroy()
      else if (typeof said === 'string') fail(status, said)
      else say(status, said)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cloud.port = (server.address() as AddressInfo).port
  cloud.stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return cloud
}
