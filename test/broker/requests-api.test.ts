import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { DeviceKills, Kills, openApiDocument, openDeviceStore } from '../../broker/index.ts'
import { ledgerFile } from './grants-world.ts'
import { API_ROUTES } from '../../broker/requests/api-routes.ts'
import { API_SCHEMAS } from '../../broker/requests/api-schemas.ts'
import { requestRoutes } from '../../broker/requests/device-api.ts'
import { readOffer } from '../../broker/requests/offer.ts'
import { openRequestRoom, type RequestRoom } from '../../app/broker/request-rooms.ts'
import { shippedPolicies } from '../../policies/index.ts'
import { FakeCloud } from '../fakes/grants/cloud.ts'
import { VirtualClock } from '../fakes/grants/clock.ts'
import { deviceOf, OFFER, requestsWorld } from './requests-world.ts'
import { enrolled, Link, running, until, type Answered, type Running } from './running.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))

const ajv = new Ajv2020({ strict: true, formats: { 'date-time': true } })
ajv.addKeyword('components')
ajv.addSchema({ $id: 'api', components: { schemas: API_SCHEMAS } })

function expectForm(schema: string, value: unknown): void {
  expect(ajv.validate({ $ref: `api#/components/schemas/${schema}` }, value), ajv.errorsText()).toBe(true)
}

describe('the OpenAPI document', () => {
  it('is the one that is shipped, and holds every route and no other', () => {
    const document = openApiDocument() as { paths: Record<string, object> }
    expect(read('docs/openapi/broker.json')).toEqual(document)
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(operations.sort()).toEqual(API_ROUTES.map(({ method, path }) => `${method} ${path}`).sort())
    const named = API_ROUTES.flatMap(({ body, answer }) => [body ?? [], answer].flat())
    expect(named.filter((name) => !Object.hasOwn(API_SCHEMAS, name))).toEqual([])
    const used = JSON.stringify(document)
    const lost = Object.keys(API_SCHEMAS).filter((name) => !used.includes(`schemas/${name}"`))
    expect(lost).toEqual([])
  })

  it('has each operation answered by the routes, and nothing beside it', async () => {
    const world = requestsWorld()
    const now = () => world.clock.now()
    const devices = openDeviceStore(ledgerFile())
    const kills = new Kills({ ledger: world.ledger, grants: world.grants, devices, now })
    const killing = new DeviceKills(kills, readOffer(OFFER, 'offer.json'))
    const routes = requestRoutes(world.requests, killing, now)
    const device = world.device('ana')
    const peer = { device, serial: '', thumbprint: '', notAfter: Infinity }
    const at = (method: string, path: string) =>
      routes(new Request(`https://b${path}`, { method }), peer).catch((error: unknown) => error)
    for (const { method, path } of API_ROUTES) {
      expect(await at(method, path.replace('{id}', 'x')), `${method} ${path}`).toBeDefined()
    }
    expect(await at('GET', '/v1/approvals')).toBeUndefined()
    expect(await at('POST', '/v1/requests/x')).toBeUndefined()
  })
})

describe('what the operator offers', () => {
  it('is refused with the place of what is wrong', () => {
    const wrong = (linked: unknown) => () => readOffer({ ...(OFFER as object), linked } as never, 'o.json')
    expect(wrong([['ana', 'nobody']])).toThrow('/linked/0')
    expect(wrong([['ana'], 'bo'])).toThrow('/linked/1')
    expect(wrong({})).toThrow('/linked/0')
    expect(deviceOf('ana').level).toBe('tpm')
  })
})

/** One's own group of policies: a device and one more person, no presence, so that no browser is needed. */
const SECOND_PERSON = `
@id("two") permit (principal, action == Gomeisa::Action::"activate", resource)
when { principal in resource.eligible && context.evidence.device >= 1 && context.evidence.approvals >= 1 };
@id("own") permit (principal, action == Gomeisa::Action::"approve", resource)
when { principal in resource.owners && context.evidence.device >= 1 };
@id("self") forbid (principal, action == Gomeisa::Action::"approve", resource)
when { principal == context.requester };`

describe('over the real door, with two devices', () => {
  const cloud = new FakeCloud(new VirtualClock())
  let w: Running
  let room: RequestRoom
  const links = new Map<string, Link>()

  beforeAll(async () => {
    w = await running({ routes: [(request, peer) => room.routes(request, peer)] })
    room = openRequestRoom({
      ...{ folder: w.folder, devices: w.store, people: undefined },
      connectors: { all: [cloud], for: () => cloud },
      catalogue: { json: OFFER, file: 'offer.json' },
      policies: [{ path: 'test.cedar', text: SECOND_PERSON }],
      now: () => w.clock.now,
    })
    expect(shippedPolicies().length).toBeGreaterThan(0)
    for (const person of ['ana', 'bo', 'eve']) {
      links.set(person, new Link(w, await enrolled(w, { person, name: person })))
    }
    return async () => {
      for (const link of links.values()) await link.close()
      await room.close()
    }
  })

  const ask = async (person: string, method: string, path: string, body?: object): Promise<Answered> => {
    const answer = await links.get(person)!.ask(method, path, body === undefined ? {} : { body })
    const route = API_ROUTES.find((each) => {
      const form = new RegExp(`^${each.path.replace('{id}', '[^/]+')}$`)
      return each.method === method && form.test(path)
    })
    expectForm(answer.status === 200 ? (route?.answer ?? '') : 'Problem', answer.body)
    return answer
  }
  const reason = async (...given: Parameters<typeof ask>) => {
    const { status, body } = await ask(...given)
    return [status, body['reason']]
  }
  const wish = { entitlement: 'easy', durationSeconds: 3600, reason: 'incident 7' }
  const grantOf = async (person: string) => {
    const { body } = await ask(person, 'GET', '/v1/grants')
    return (body['grants'] as { id: string; state: string }[])[0]
  }

  it('one asks, another approves, the access is there, and is given back', async () => {
    const preview = await ask('ana', 'POST', '/v1/requests/preview', wish)
    expect(preview.body).toMatchObject({ rung: 'second-person', revoke: { typicalSeconds: 1 } })
    expect(preview.body['approvers']).toContain('bo')
    const asked = await ask('ana', 'POST', '/v1/requests', wish)
    const { id } = asked.body['request'] as { id: string }
    expect(asked.body).toMatchObject({
      request: { state: 'awaiting', person: 'ana' },
      missing: [['one person']],
    })

    expect(await reason('ana', 'POST', '/v1/approvals', { requests: [id] })).toEqual([403, 'own-request'])
    expect(await reason('eve', 'POST', '/v1/approvals', { requests: [id] })).toEqual([404, 'request-unknown'])
    expect(cloud.bindings.size).toBe(0)
    const list = await ask('bo', 'GET', '/v1/requests')
    expect(list.body['toApprove']).toMatchObject([{ id }])

    const approved = await ask('bo', 'POST', '/v1/approvals', { requests: [id] })
    expect(approved.body).toMatchObject({
      approved: true,
      requests: [{ state: 'activated', approvedBy: ['bo'] }],
    })
    await until(() => cloud.bindings.has('ana|easy'))
    const { id: grant } = (await grantOf('ana'))!
    let state = ''
    while (state !== 'active') state = (await grantOf('ana'))!.state

    const extended = await ask('ana', 'POST', `/v1/grants/${grant}/extend`, { seconds: 600 })
    expect(extended.body).toMatchObject({
      request: { state: 'awaiting', durationSeconds: 4200, extends: grant },
    })
    const more = (extended.body['request'] as { id: string }).id
    await ask('bo', 'POST', '/v1/denials', { requests: [more], reason: 'enough' })

    expect(await reason('bo', 'POST', `/v1/grants/${grant}/release`, {})).toEqual([404, 'grant-unknown'])
    await ask('ana', 'POST', `/v1/grants/${grant}/release`, {})
    await until(() => cloud.bindings.size === 0)
    while (state !== 'revoked') state = (await grantOf('ana'))!.state
  })

  it('says no to bodies of another form, as typed problems', async () => {
    const malformed = [400, 'malformed']
    expect(await reason('ana', 'POST', '/v1/requests', { ...wish, role: 'arn:aws:iam::1:role/x' })).toEqual(
      malformed,
    )
    expect(await reason('ana', 'POST', '/v1/requests', { ...wish, reason: 'two\nlines' })).toEqual(malformed)
    expect(await reason('ana', 'POST', '/v1/requests', { ...wish, startsAt: 'soon' })).toEqual(malformed)
    expect(await reason('ana', 'POST', '/v1/approvals', { requests: [] })).toEqual(malformed)
    expect(await reason('ana', 'POST', '/v1/approvals', [])).toEqual(malformed)
    const other = { ...wish, entitlement: 'arn:aws:iam::1:role/x' }
    expect(await reason('ana', 'POST', '/v1/requests', other)).toEqual([404, 'entitlement-unknown'])
    expect(await reason('ana', 'POST', '/v1/requests/none/activate', {})).toEqual([404, 'request-unknown'])
  })
})
