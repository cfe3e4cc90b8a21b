import { beforeAll, describe, expect, it } from 'vitest'
import { recordLine } from '../../broker/audit/record.ts'
import { credentialRoutes } from '../../broker/credentials/credential-routes.ts'
import type { Connector } from '../../broker/grants/connector.ts'
import type { Grant } from '../../broker/grants/grant.ts'
import { VIA_HEADER } from '../../broker/protocol/browser-port.ts'
import { GrantsWorld, HOUR } from './grants-world.ts'
import { enrolled, Link, running, type Running, type TestDevice } from './running.ts'

const SECRET = 'wJalrXUtnFEMI-a-secret-of-a-cloud'

describe('credentials over the link', () => {
  let w: Running
  let [laptop, other, bos]: TestDevice[] = []
  const g = new GrantsWorld()
  let decision = { allow: true, why: '' }
  let during: () => Promise<unknown> = () => Promise.resolve()
  const deviceOf = new Map<string, string>()
  const minting: Connector = {
    name: g.cloud.name,
    traits: g.cloud.traits,
    plan: (terms) => g.cloud.plan(terms),
    issue: (...all) => g.cloud.issue(all[0], all[1], all[2]),
    observe: (recipe) => g.cloud.observe(recipe),
    revoke: (recipe) => g.cloud.revoke(recipe),
    kill: () => g.cloud.kill(),
    mint: async () => {
      await during()
      return { kind: 'made-up', secret: { key: SECRET }, expiresAt: g.clock.now() + HOUR }
    },
  }

  beforeAll(async () => {
    const routes = credentialRoutes({
      ledger: g.ledger,
      connectors: [minting],
      now: () => g.clock.now(),
      deviceOf: (grant) => Promise.resolve(deviceOf.get(grant.id)),
      decide: () =>
        decision.allow
          ? Promise.resolve({ allow: true })
          : Promise.resolve({ allow: false, why: decision.why }),
    })
    w = await running({ routes: [routes] })
    laptop = await enrolled(w)
    other = await enrolled(w, { name: 'other' })
    bos = await enrolled(w, { person: 'bo@example.com' })
  })

  async function ask(device: TestDevice | undefined, grant: string, path = '/v1/credentials', headers = {}) {
    const link = new Link(w, device)
    const answer = await link.ask('POST', path, { body: { grant }, headers })
    await link.close()
    return answer
  }
  const reason = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked)
    expect(JSON.stringify(answer.body)).not.toContain(SECRET)
    return answer.body['reason']
  }
  async function active(): Promise<Grant> {
    const person = 'ana@example.com'
    const connector = minting.name
    const deadline = g.clock.now() + HOUR
    const wish = { person, entitlement: 'logs', connector, reason: 'test', by: person, deadline }
    const { id } = await g.grants.intend(wish)
    deviceOf.set(id, laptop!.answer.device)
    const grant = await g.grants.step(id)
    expect(grant.state).toBe('active')
    return grant
  }

  it('go to the device that asked, with a record before and after, and into no log', async () => {
    const { id } = await active()
    expect(await ask(laptop, id)).toMatchObject({
      status: 200,
      body: { kind: 'made-up', secret: { key: SECRET } },
    })
    expect(await ask(laptop, id, '/v1/credentials/check')).toEqual({ status: 200, body: { grant: id } })
    const records = await g.ledger.auditRecords(1, 1000)
    const lines = records.map(recordLine).join('\n')
    expect(lines).not.toContain(SECRET)
    expect(records.map(({ event }) => event).slice(-2)).toEqual([
      'grant.credentials-asked',
      'grant.credentials-given',
    ])
  })

  it('are refused to another device of the person, to another person, and to pages', async () => {
    const { id } = await active()
    expect(await reason(other, id)).toBe('grant-elsewhere')
    expect(await reason(bos, id)).toBe('grant-unknown')
    expect(await reason(bos, 'none')).toBe('grant-unknown')
    expect(await reason(laptop, id, '/v1/credentials', { [VIA_HEADER]: 'browser' })).toBe('origin-foreign')
    deviceOf.delete(id)
    expect(await reason(laptop, id)).toBe('grant-elsewhere')
  })

  it('are decided at every use', async () => {
    const { id } = await active()
    decision = { allow: false, why: 'a touch is needed' }
    expect(await ask(laptop, id)).toMatchObject({
      status: 403,
      body: { reason: 'grant-denied', detail: 'a touch is needed' },
    })
    expect(await reason(laptop, id, '/v1/credentials/check')).toBe('grant-denied')
    decision = { allow: true, why: '' }
  })

  it('are not given out when the grant is killed while they are minted', async () => {
    const { id } = await active()
    during = () => g.grants.kill({ grant: id }, 'ops', 'stolen')
    expect(await reason(laptop, id)).toBe('grant-inactive')
    during = () => Promise.resolve()
    expect(await reason(laptop, id)).toBe('grant-inactive')
  })

  it('end with the grant, to the millisecond', async () => {
    const { id, deadline } = await active()
    g.clock.advance(deadline - g.clock.now() - 1)
    expect((await ask(laptop, id)).status).toBe(200)
    g.clock.advance(1)
    expect(await reason(laptop, id)).toBe('grant-inactive')
  })
})
