import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CALLS, callNamed } from '../../../../collectors/azure/calls/table.ts'
import { Clients, pathOf } from '../../../../collectors/azure/clients.ts'
import { failureOf } from '../../../../collectors/azure/failures.ts'
import { azureGraphPermissions, azureReadOnlyRole } from '../../../../collectors/azure/index.ts'
import { AZURE_FORMATS } from '../../../../collectors/offline/formats/azure/index.ts'

const shipped = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../../deploy/azure', name), 'utf8')

test('a call is in the table once, and what it is made after is there', () => {
  expect(new Set(CALLS.map(({ name }) => name)).size).toBe(CALLS.length)
  const named = CALLS.flatMap((call) => (call.after ?? []).map((after) => after.call))
  expect(named.filter((name) => callNamed(name) === undefined)).toEqual([])
})

test('the role that is shipped allows what the calls of Resource Manager need, and nothing that writes', () => {
  const text = shipped('gomeisa-read-only.json')
  expect(JSON.parse(text)).toEqual(JSON.parse(azureReadOnlyRole()))
  const { Actions, DataActions } = JSON.parse(text) as Record<string, readonly string[]>
  const needed = CALLS.filter(({ how }) => how.service === 'arm').flatMap(({ permissions }) => permissions)
  expect(new Set(Actions)).toEqual(new Set(needed))
  expect(Actions?.filter((action) => !action.endsWith('/read'))).toEqual([])
  expect(DataActions).toEqual([])
})

test('the permissions of Microsoft Graph that are shipped are those of the calls, and only read', () => {
  const text = shipped('gomeisa-graph-permissions.txt')
  expect(text).toBe(azureGraphPermissions())
  const listed = text.trimEnd().split('\n')
  const needed = CALLS.filter(({ how }) => how.service === 'graph').flatMap(({ permissions }) => permissions)
  // The tenant is asked before the first call of the table.
  expect(new Set(listed)).toEqual(new Set([...needed, 'Organization.Read.All']))
  expect(listed.filter((name) => !/\.Read\.[A-Za-z]+$/.test(name))).toEqual([])
})

test.each(CALLS.filter((call) => call.yields !== undefined).map((call) => [call.name, call] as const))(
  'an answer to %s is taken by the reader of its kind, also an empty one',
  (name, call) => {
    const line = { call: name, parameters: { group: 'g', id: 'i', unit: 'u' }, response: { [call.rows]: [] } }
    const document = { format: 'jsonl', lines: [line] } as const
    expect(AZURE_FORMATS.find((format) => format.recognises(document))?.kind).toBe(call.yields)
  },
)

test('a step of a path cannot become several, nor lead upward', () => {
  expect(pathOf('v1.0/groups/{group}/members', { group: 'a/../b?c' })).toBe(
    '/v1.0/groups/a%2F..%2Fb%3Fc/members',
  )
  expect(pathOf('{+scope}/x', { scope: '/subscriptions/../a b?c#d' })).toBe('/subscriptions//a%20b%3Fc%23d/x')
})

test('the token goes to no other address than that of the service', async () => {
  // Port 1 of this machine, where nobody listens: whatever is asked there fails without having left it.
  const clients = new Clients({ endpoints: new Map([['graph', new URL('https://127.0.0.1:1/')]]) })
  const call = callNamed('graph:users.list')
  const asked: URL[] = []
  clients.get = (_, url) => {
    asked.push(url)
    return Promise.resolve({ value: [], '@odata.nextLink': 'https://elsewhere.example/users?$skiptoken=1' })
  }
  expect(call).toBeDefined()
  if (call === undefined) return
  const { next } = await clients.send(call, {}, undefined)
  await clients.send(call, {}, next)
  await clients.send(call, {}, 'https://127.0.0.1:1/v1.0/users?$skiptoken=1')
  expect(asked.map(({ origin }) => origin)).toEqual(Array(3).fill('https://127.0.0.1:1'))
  expect(asked.map(({ pathname }) => pathname)).toEqual([
    '/v1.0/users',
    '/next-page-is-elsewhere',
    '/v1.0/users',
  ])
})

test('what an error means', () => {
  const answered = (statusCode: number, body: object | string, headers: Record<string, string> = {}) => ({
    name: 'RestError',
    statusCode,
    response: {
      bodyAsText: typeof body === 'string' ? body : JSON.stringify(body),
      headers: new Headers(headers),
    },
  })
  const error = (code: string) => ({ error: { code, message: 'm' } })
  expect(failureOf(answered(429, error('TooManyRequests'), { 'retry-after': '7' }))).toEqual({
    is: 'throttled',
    code: 'TooManyRequests',
    wait: 7000,
  })
  expect(failureOf(answered(429, {}, { 'x-ms-user-quota-resets-after': '00:01:05' }))).toEqual({
    is: 'throttled',
    code: 'HTTP_429',
    wait: 65_000,
  })
  expect(failureOf(answered(503, '', { 'retry-after': '2' }))).toMatchObject({ is: 'throttled', wait: 2000 })
  expect(failureOf(answered(503, 'down'))).toEqual({ is: 'passing', code: 'HTTP_503' })
  expect(failureOf(answered(403, error('AuthorizationFailed')))).toEqual({
    is: 'refused',
    code: 'AuthorizationFailed',
  })
  expect(failureOf(answered(400, error('')))).toEqual({ is: 'refused', code: 'HTTP_400' })
  expect(failureOf(answered(401, error('InvalidAuthenticationToken'))).is).toBe('over')
  expect(failureOf({ name: 'AggregateAuthenticationError' }).is).toBe('over')
  expect(failureOf({ name: 'RestError', code: 'ECONNRESET' })).toEqual({ is: 'passing', code: 'ECONNRESET' })
})
