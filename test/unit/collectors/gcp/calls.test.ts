import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CALLS, callNamed } from '../../../../collectors/gcp/calls/table.ts'
import { pathOf } from '../../../../collectors/gcp/clients.ts'
import { codeOf, failureOf } from '../../../../collectors/gcp/failures.ts'
import { plain } from '../../../../collectors/gcp/plain.ts'
import { readOnlyRole } from '../../../../collectors/gcp/index.ts'
import type { Json } from '../../../../graph/index.ts'
import { GCP_FORMATS } from '../../../../collectors/offline/formats/gcp/index.ts'

test('a call is in the table once, and what it is made after is there', () => {
  expect(new Set(CALLS.map(({ name }) => name)).size).toBe(CALLS.length)
  const named = CALLS.flatMap((call) => (call.after ?? []).map((after) => after.call))
  expect(named.filter((name) => callNamed(name) === undefined)).toEqual([])
})

test('the role that is shipped allows what the calls need, and nothing that writes', () => {
  const shipped = readFileSync(
    join(import.meta.dirname, '../../../../deploy/gcp/gomeisa-read-only.yaml'),
    'utf8',
  )
  expect(shipped).toBe(readOnlyRole())
  const listed = [...shipped.matchAll(/^ {2}- (.+)$/gm)].map(([, permission]) => permission)
  for (const permission of CALLS.flatMap(({ permissions }) => permissions))
    expect(listed).toContain(permission)
  const verbs = listed.map((permission) => permission?.split('.').at(-1) ?? '')
  // `use` lets a call count for the quota of a project.
  expect(verbs.filter((verb) => !/^(?:get|list|search)[A-Za-z]*$/.test(verb))).toEqual(['use'])
})

test.each(CALLS.filter((call) => call.yields !== undefined).map((call) => [call.name, call] as const))(
  'an answer to %s is taken by the reader of its kind, also an empty one',
  (name, call) => {
    const line = { call: name, parameters: { group: 'g@example.com' }, response: {} }
    const document = { format: 'jsonl', lines: [line] } as unknown as Parameters<
      (typeof GCP_FORMATS)[0]['recognises']
    >[0]
    expect(GCP_FORMATS.find((format) => format.recognises(document))?.kind).toBe(call.yields)
  },
)

test('a step of a path cannot become several', () => {
  expect(pathOf('v2/policies/{point}/x', { point: 'a/../b?c' })).toBe('v2/policies/a%2F..%2Fb%3Fc/x')
  expect(pathOf('v2/{+name}', { name: 'policies/a%2Fb/denypolicies/c?d#e' })).toBe(
    'v2/policies/a%2Fb/denypolicies/c%3Fd%23e',
  )
})

test('what an error means', () => {
  const rest = (status: number, error?: object, headers: object = {}) => ({
    response: {
      status,
      headers: new Headers({ ...headers }),
      data: error === undefined ? 'not JSON' : { error },
    },
  })
  expect(failureOf(rest(429, { status: 'RESOURCE_EXHAUSTED' }, { 'retry-after': '7' }))).toEqual({
    is: 'throttled',
    code: 'RESOURCE_EXHAUSTED',
    wait: 7000,
  })
  const told = { code: 8, statusDetails: [{ retryDelay: { seconds: '2', nanos: 500_000_000 } }] }
  expect(failureOf(told)).toMatchObject({ is: 'throttled', wait: 2500 })
  expect(failureOf({ code: 8 })).toMatchObject({ is: 'throttled', wait: undefined })
  expect(failureOf({ code: 14 })).toEqual({ is: 'passing', code: 'UNAVAILABLE' })
  expect(failureOf(rest(502))).toEqual({ is: 'passing', code: 'HTTP_502' })
  expect(failureOf({ code: 'ECONNRESET' })).toEqual({ is: 'passing', code: 'ECONNRESET' })
  expect(failureOf({ code: 7 })).toEqual({ is: 'refused', code: 'PERMISSION_DENIED' })
  expect(failureOf({ code: 3 })).toEqual({ is: 'refused', code: 'INVALID_ARGUMENT' })
  expect(failureOf(rest(401)).is).toBe('over')
  expect(failureOf(new Error('Could not load the default credentials.')).is).toBe('over')
  const disabled = rest(403, { status: 'PERMISSION_DENIED', details: [{ reason: 'SERVICE_DISABLED' }] })
  expect(codeOf(disabled)).toBe('SERVICE_DISABLED')
})

test('messages of gRPC become the JSON of the REST interface', () => {
  const struct = {
    fields: {
      text: { kind: 'stringValue', stringValue: '' },
      no: { kind: 'boolValue', boolValue: false },
      zero: { kind: 'numberValue', numberValue: 0 },
      none: { kind: 'nullValue', nullValue: 'NULL_VALUE' },
      list: { kind: 'listValue', listValue: { values: [{ kind: 'stringValue', stringValue: 'a' }] } },
      inner: { kind: 'structValue', structValue: { fields: {} } },
    },
  }
  expect(
    plain({
      name: 'n',
      empty: '',
      rows: [],
      missing: null,
      etag: Buffer.from('x'),
      updateTime: { seconds: '1', nanos: 0 },
      data: struct,
    }),
  ).toEqual({
    name: 'n',
    updateTime: '1970-01-01T00:00:01Z',
    data: { text: '', no: false, zero: 0, none: null, list: ['a'], inner: {} },
  })
})

test('a refusal names the permission, or the role that is no permission, or the API', () => {
  const path = join(import.meta.dirname, '../../../golden/import/gcp/collected-coverage.jsonl')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const document = { format: 'jsonl', lines: lines.map((line) => JSON.parse(line) as Json) } as const
  const taken = GCP_FORMATS.find((format) => format.recognises(document))?.take(document, { file: path })
  const remedies = taken !== undefined && 'gaps' in taken ? taken.gaps.map(({ remedy }) => remedy) : []
  expect(remedies).toMatchObject([
    expect.stringContaining('grant the collector iam.denypolicies.list'),
    expect.stringContaining('enable the API'),
    expect.stringContaining('Groups Reader in the directory of admins@example.com'),
    expect.stringContaining('collect again without leaving it out'),
  ])
})
