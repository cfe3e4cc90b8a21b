import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ledgerFile } from '../grants-world.ts'
import { stage, type Stage } from './stage.ts'

const MINUTE = 60_000
const signal = new AbortController().signal

describe('Privileged Identity Management', () => {
  let s: Stage
  let grants: Stage['grants']
  beforeAll(async () => {
    s = await stage()
  })
  beforeEach(() => {
    s.cloud.trouble = () => undefined
    s.cloud.pending = 0
    s.cloud.assignments.clear()
    s.cloud.requests.clear()
    s.cloud.seen.length = 0
    grants = s.broker(ledgerFile()).grants
  })
  const there = () => [...s.cloud.assignments.values()]
  const asked = () => s.cloud.seen.map(({ type }) => type).filter((type) => type !== '')
  const active = async (minutes = 60) => {
    const { id } = await grants.intend(s.wish('pim', undefined, minutes))
    const grant = await grants.step(id)
    expect(grant).toMatchObject({ state: 'active', trouble: undefined })
    return grant
  }

  it('Azure ends it, to the second before the deadline, although no broker is there', async () => {
    const grant = await active()
    const until = Date.parse(String(there()[0]?.properties['endDateTime']))
    expect(until).toBe(Math.floor(grant.deadline / 1000) * 1000)
    s.clock.advance(60 * MINUTE)
    expect(await s.connectors[1].observe(grant.recipe, signal)).toEqual({ kind: 'absent' })
    expect(await grants.step(grant.id)).toMatchObject({ state: 'ended', kept: undefined })
    // What has ended by itself is not asked to be removed.
    expect(asked()).toEqual(['AdminAssign'])
  })

  it('waits until a request has ended, and finds its own after its answer was lost', async () => {
    s.cloud.pending = 3
    const grant = await active()
    s.cloud.trouble = (method) => (method === 'PUT' ? 'lost' : undefined)
    s.clock.advance(6 * MINUTE)
    await grants.revoke(grant.id, 'ops', 'done')
    await grants.step(grant.id)
    s.cloud.trouble = () => undefined
    s.clock.advance(10 * MINUTE)
    expect((await grants.step(grant.id)).state).toBe('revoked')
    expect(asked()).toEqual(['AdminAssign', 'AdminRemove'])
  })

  it('an extension moves the end of the one assignment; a shorter grant beside it changes nothing', async () => {
    const grant = await active()
    const deadline = grant.deadline + 30 * MINUTE
    await grants.extend(grant.id, deadline, 'ana@example.com')
    expect(await grants.step(grant.id)).toMatchObject({ state: 'active', issuedUntil: deadline })
    expect(there()).toHaveLength(1)
    expect(Date.parse(String(there()[0]?.properties['endDateTime']))).toBe(Math.floor(deadline / 1000) * 1000)
    await active(10)
    expect(asked()).toEqual(['AdminAssign', 'AdminUpdate'])
  })

  it('is not removed in the first five minutes, says why, and goes on', async () => {
    const grant = await active()
    await grants.kill({ grant: grant.id }, 'ops', 'laptop stolen')
    const early = await grants.step(grant.id)
    expect(early).toMatchObject({ state: 'revoke-failing' })
    expect(early.trouble).toContain('ActiveDurationTooShort')
    s.clock.advance(5 * MINUTE)
    expect((await grants.step(grant.id)).state).toBe('revoked')
    expect(there()).toEqual([])
  })

  it('gives nothing for less than five minutes', async () => {
    await expect(grants.intend(s.wish('pim', undefined, 4))).rejects.toMatchObject({ code: 'REFUSED' })
    expect(s.cloud.seen).toEqual([])
  })

  it('sees an end that was taken away, and an activation of the person’s own is theirs', async () => {
    const grant = await active()
    const [mine] = there()
    const look = () => s.connectors[1].observe(grant.recipe, signal)
    s.cloud.add({ ...mine?.properties, endDateTime: undefined }, mine?.name)
    expect(await look()).toEqual({ kind: 'present', altered: true })
    const own = { ...mine?.properties, schedule: 'cccccccc-0000-4000-8000-000000000003' }
    s.cloud.assignments.clear()
    s.cloud.add(own)
    // Nothing says yet whose it is.
    expect((await look()).kind).toBe('unknown')
    const words = {
      requestType: 'SelfActivate',
      justification: 'Gomeisa: mine',
      targetRoleAssignmentScheduleId: own.schedule,
    }
    s.cloud.requests.set('self', { name: 'self', properties: { ...own, ...words } })
    expect(await look()).toEqual({ kind: 'present', altered: true, foreign: true })
    expect(await s.connectors[1].revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
    expect(there()).toHaveLength(1)
  })
})
