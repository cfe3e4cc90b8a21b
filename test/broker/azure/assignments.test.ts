import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CrashAt } from '../crashing.ts'
import { ledgerFile } from '../grants-world.ts'
import { ANA, SCOPE, stage, STANDING, type Stage } from './stage.ts'

const MINUTE = 60_000
const KINDS = ['plain', 'pim'] as const
const signal = new AbortController().signal

let s: Stage
beforeAll(async () => {
  s = await stage()
})
beforeEach(() => {
  s.cloud.trouble = () => undefined
  s.cloud.meanwhile = () => undefined
  s.cloud.lag = 0
  s.cloud.assignments.clear()
})
const there = () => [...s.cloud.assignments.values()]
const changes = () => s.cloud.seen.filter(({ method }) => method !== 'GET').length
const give = (kind: (typeof KINDS)[number], person?: string, minutes?: number) =>
  s.grants.intend(s.wish(kind, person, minutes))
const active = async (kind: (typeof KINDS)[number], person?: string, minutes?: number) => {
  const { id } = await give(kind, person, minutes)
  const grant = await s.grants.step(id)
  expect(grant).toMatchObject({ state: 'active', trouble: undefined })
  // Nothing is removed in the first five minutes.
  s.clock.advance(6 * MINUTE)
  return grant
}
const end = async (id: string) => {
  await s.grants.revoke(id, 'ops', 'done')
  return s.grants.step(id)
}
const connector = (kind: (typeof KINDS)[number]) => s.connectors[kind === 'plain' ? 0 : 1]

interface World {
  readonly grants: Stage['grants']
  readonly first: string
}

describe.each(KINDS)('role assignments, %s', (kind) => {
  it('is there while the grant is, once, and gone after it', async () => {
    const grant = await active(kind)
    expect(there().map(({ properties }) => properties)).toMatchObject([{ scope: SCOPE, principalId: ANA }])
    expect(await connector(kind).observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: false })
    const before = changes()
    await s.grants.step(grant.id)
    expect(changes()).toBe(before)
    expect(await end(grant.id)).toMatchObject({ state: 'revoked', kept: undefined })
    expect(there()).toEqual([])
    // Twice is as good as once.
    expect(await connector(kind).revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
  })

  it('never removes what stood before, nor what somebody adds beside it', async () => {
    s.cloud.add(STANDING, 'aaaa')
    const over = await active(kind)
    expect(await end(over.id)).toMatchObject({ state: 'revoked', kept: 'it stood before' })
    expect(there().map(({ name }) => name)).toEqual(['aaaa'])
    s.cloud.assignments.clear()
    const ours = await active(kind)
    // An administrator takes the broker's away, and gives the role for good.
    s.cloud.assignments.clear()
    s.cloud.add(STANDING, 'bbbb')
    s.clock.advance(5 * MINUTE)
    expect(await s.grants.step(ours.id)).toMatchObject({ state: 'active', externallyModified: true })
    expect(await end(ours.id)).toMatchObject({ state: 'revoked', kept: 'somebody else gave it' })
    expect(there().map(({ name }) => name)).toEqual(['bbbb'])
  })

  it('overlapping grants share the assignment; the last one removes it', async () => {
    const [one, other] = [await active(kind), await active(kind, undefined, 120)]
    expect(there()).toHaveLength(1)
    expect(await end(one.id)).toMatchObject({ state: 'revoked', kept: 'another grant covers it' })
    expect(there()).toHaveLength(1)
    const bo = await active(kind, 'bo@example.com')
    expect(there()).toHaveLength(2)
    expect(await end(other.id)).toMatchObject({ state: 'revoked', kept: undefined })
    expect(there()).toHaveLength(1)
    await end(bo.id)
    expect(there()).toEqual([])
  })

  it('what Azure refuses is no access, and its words are not kept', async () => {
    s.cloud.trouble = (method) => (method === 'PUT' ? 403 : undefined)
    const { id } = await give(kind)
    const refused = await s.grants.step(id)
    expect(refused).toMatchObject({ state: 'failed', kept: undefined })
    expect(JSON.stringify(refused)).not.toContain('secret text')
    expect(there()).toEqual([])
  })

  it.each([429, 503, 'lost'] as const)('after %s there is one assignment, and none after it', async (how) => {
    s.cloud.trouble = (method) => (method === 'PUT' ? how : undefined)
    const { id } = await give(kind)
    expect(await s.grants.step(id)).toMatchObject({ state: 'activating', failures: 1 })
    s.cloud.trouble = () => undefined
    s.clock.advance(6 * MINUTE)
    expect((await s.grants.step(id)).state).toBe('active')
    expect(there()).toHaveLength(1)
    s.cloud.trouble = (method) => (method === 'GET' ? undefined : how)
    s.clock.advance(6 * MINUTE)
    await end(id)
    s.cloud.trouble = () => undefined
    s.clock.advance(10 * MINUTE)
    expect((await s.grants.step(id)).state).toBe('revoked')
    expect(there()).toEqual([])
  })

  it('lists that lag behind are not the end of it', async () => {
    const grant = await active(kind)
    s.cloud.lag = 3
    expect(await end(grant.id)).toMatchObject({ state: 'revoke-failing' })
    for (let i = 0; i < 4; i++) {
      s.clock.advance(5 * MINUTE)
      await s.grants.step(grant.id).catch(() => undefined)
    }
    expect(await s.grants.grant(grant.id)).toMatchObject({ state: 'revoked', kept: undefined })
    expect(there()).toEqual([])
  })

  it('what cannot be read is unknown, a resource group that is gone is absent, a subscription is not', async () => {
    const grant = await active(kind)
    s.cloud.trouble = (method) => (method === 'GET' ? 403 : undefined)
    expect((await connector(kind).observe(grant.recipe, signal)).kind).toBe('unknown')
    s.cloud.trouble = (method) => (method === 'GET' ? 'lost' : undefined)
    expect((await connector(kind).observe(grant.recipe, signal)).kind).toBe('unknown')
    const gone = async (code: string) => {
      s.cloud.refuseAll = code
      const seen = await connector(kind).observe(grant.recipe, signal)
      s.cloud.refuseAll = ''
      return seen.kind
    }
    s.cloud.trouble = () => undefined
    expect(await gone('ResourceGroupNotFound')).toBe('absent')
    expect(await gone('SubscriptionNotFound')).toBe('unknown')
    await end(grant.id)
  })

  it('guesses no user', async () => {
    await expect(give(kind, 'cy@example.com')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  const acts = {
    issue: async (world: World) => {
      const { id } = await world.grants.intend(s.wish(kind))
      await world.grants.step(id)
    },
    kill: async (world: World) => {
      await world.grants.kill({ person: 'ana@example.com' }, 'ops', 'stolen')
      await world.grants.step(world.first)
    },
  }
  it.each(Object.entries(acts))(
    '%s: ended at any point, the next broker brings it to its end',
    async (_, act) => {
      let points = 0
      for (let at = 1; ; at++) {
        const file = ledgerFile()
        s.cloud.add({ ...STANDING, scope: `${SCOPE}/providers/a/b/${randomUUID()}` }, 'elsewhere')
        const early = s.broker(file)
        const first = (await early.grants.intend(s.wish(kind))).id
        if (act !== acts.issue) expect((await early.grants.step(first)).state).toBe('active')
        s.clock.advance(6 * MINUTE)
        await early.close()
        const crash = new CrashAt(at)
        const middle = s.broker(file, crash)
        await act({ grants: middle.grants, first }).catch(() => undefined)
        await middle.close()
        const last = s.broker(file)
        for (let i = 0; i < 6; i++) {
          s.clock.advance(20 * MINUTE)
          await last.grants.tick()
          expect(there().length).toBeLessThanOrEqual(2)
        }
        await last.close()
        expect(there().map(({ name }) => name)).toEqual(['elsewhere'])
        points++
        if (!crash.crashed) break
      }
      // Fewer would mean that it was never ended in the middle.
      expect(points).toBeGreaterThan(8)
    },
  )
})
