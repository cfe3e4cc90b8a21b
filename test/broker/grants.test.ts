import { describe, expect, it } from 'vitest'
import { GrantsWorld, HOUR, MINUTE } from './grants-world.ts'

describe('grants', () => {
  it('gives access until the deadline, and says ended only when it is seen to be gone', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    expect(grant).toMatchObject({ state: 'active', issuedUntil: grant.deadline })
    expect([...world.cloud.bindings.keys()]).toEqual(['ana|db-admin'])
    await world.pass(HOUR + MINUTE)
    expect(await world.events(grant.id)).toEqual([
      'grant.intended',
      'grant.activating',
      'grant.active',
      'grant.revoking',
      'grant.ended',
    ])
    await world.expectOver()
  })

  it('is durable with its record before the cloud is touched', async () => {
    const world = new GrantsWorld()
    const { id } = await world.grants.intend(world.wish())
    expect(world.cloud.calls).toEqual([])
    await world.restart()
    expect(await world.grants.grant(id)).toMatchObject({ state: 'intent' })
    expect(await world.events(id)).toEqual(['grant.intended'])
    expect((await world.grants.step(id)).state).toBe('active')
  })

  it('keeps an access that another grant covers, and removes it with the last one', async () => {
    const world = new GrantsWorld()
    const first = await world.give('ana', 'db-admin', 30)
    const second = await world.give('ana', 'db-admin', 60)
    await world.pass(31 * MINUTE)
    expect(await world.grants.grant(first.id)).toMatchObject({
      state: 'ended',
      kept: 'another grant covers it',
    })
    expect(world.cloud.bindings.size).toBe(1)
    await world.pass(31 * MINUTE)
    expect(await world.grants.grant(second.id)).toMatchObject({ state: 'ended', kept: undefined })
    expect(world.cloud.bindings.size).toBe(0)
  })

  it('never removes what stood before, not even when killed', async () => {
    const world = new GrantsWorld()
    world.stand('ana', 'db-admin')
    const grant = await world.give()
    await world.grants.kill({ person: 'ana' }, 'owner', 'stolen laptop')
    expect(await world.grants.step(grant.id)).toMatchObject({ state: 'revoked', kept: 'it stood before' })
    expect(world.cloud.calls).not.toContain('revoke')
    await world.expectOver()
  })

  it('removes what was kept for a grant that is then denied', async () => {
    const world = new GrantsWorld()
    const first = await world.give('ana', 'db-admin', 30)
    const second = await world.grants.intend(world.wish('ana', 'db-admin', 60))
    await world.grants.revoke(first.id, 'ana', 'done')
    expect(await world.grants.step(first.id)).toMatchObject({
      state: 'revoked',
      kept: 'another grant covers it',
    })
    world.decide = () => Promise.reject(new TypeError('policy error'))
    expect(await world.grants.step(second.id)).toMatchObject({ state: 'denied', kept: undefined })
    expect(world.cloud.bindings.size).toBe(0)
  })

  it('revokes for ever, with a wait that is capped, and shows that it fails', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    world.cloud.mood = () => 'fails'
    await world.pass(20 * HOUR)
    const failing = await world.grants.grant(grant.id)
    expect(failing).toMatchObject({ state: 'revoke-failing', trouble: 'throttled' })
    expect(failing.failures).toBeGreaterThan(20)
    expect(failing.dueAt - world.clock.now()).toBeLessThanOrEqual(300_000)
    expect((await world.events(grant.id)).filter((each) => each === 'grant.revoke-failing')).toHaveLength(1)
    await world.expectOver()
  })

  it('takes an access that is gone already for success', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    world.cloud.bindings.clear()
    await world.grants.revoke(grant.id, 'ana', 'done')
    expect(await world.grants.step(grant.id)).toMatchObject({ state: 'revoked' })
  })

  it('does not say ended while a lost call may still give the access', async () => {
    const world = new GrantsWorld()
    world.cloud.mood = (call) => (call === 'issue' ? 'late' : 'well')
    const grant = await world.give()
    expect(grant.state).toBe('activating')
    await world.grants.revoke(grant.id, 'ana', 'changed my mind')
    expect(await world.grants.step(grant.id)).toMatchObject({ state: 'revoking' })
    expect(world.cloud.bindings.size).toBe(0)
    world.clock.advance(31_000)
    world.cloud.settle()
    expect(world.cloud.bindings.size).toBe(1)
    await world.pass(3 * MINUTE)
    expect(await world.grants.grant(grant.id)).toMatchObject({ state: 'revoked' })
    await world.expectOver()
  })

  it('gives nothing while a late removal could take it away', async () => {
    const world = new GrantsWorld()
    const first = await world.give()
    world.cloud.mood = (call) => (call === 'revoke' ? 'late' : 'well')
    await world.grants.revoke(first.id, 'ana', 'done')
    await world.grants.step(first.id)
    const second = await world.give()
    expect(second.state).toBe('intent')
    await world.pass(3 * MINUTE)
    expect((await world.grants.grant(second.id)).state).toBe('active')
    expect(world.cloud.bindings.size).toBe(1)
    await world.expectOver()
  })

  it('compensates an issue that is refused, and keeps what there was when an extension is', async () => {
    const world = new GrantsWorld()
    world.cloud.mood = (call) => (call === 'issue' ? 'refuses' : 'well')
    expect(await world.give()).toMatchObject({ state: 'failed' })
    expect(world.cloud.calls).toContain('revoke')
    world.cloud.mood = () => 'well'
    const grant = await world.give()
    await world.grants.extend(grant.id, grant.deadline + HOUR, 'ana')
    world.cloud.mood = (call) => (call === 'issue' ? 'refuses' : 'well')
    const after = await world.grants.step(grant.id)
    expect(after).toMatchObject({ state: 'active', deadline: grant.deadline, trouble: 'not authorized' })
    expect(world.cloud.bindings.size).toBe(1)
  })

  it('extends, and decides again before it does', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    await world.grants.extend(grant.id, grant.deadline + HOUR, 'ana')
    expect(await world.grants.step(grant.id)).toMatchObject({
      state: 'active',
      deadline: grant.deadline + HOUR,
    })
    await world.grants.extend(grant.id, grant.deadline + 2 * HOUR, 'ana')
    world.decide = () => Promise.resolve({ allow: false, why: 'no' })
    expect(await world.grants.step(grant.id)).toMatchObject({
      state: 'active',
      deadline: grant.deadline + HOUR,
    })
    await expect(world.grants.extend(grant.id, grant.deadline, 'ana')).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })

  it('flags for ever what somebody else changed', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    world.cloud.bindings.set('ana|db-admin', { altered: true })
    await world.pass(6 * MINUTE)
    world.cloud.bindings.set('ana|db-admin', { altered: false })
    await world.pass(6 * MINUTE)
    expect(await world.grants.grant(grant.id)).toMatchObject({ state: 'active', externallyModified: true })
    expect((await world.events(grant.id)).filter((each) => each === 'grant.drifted')).toHaveLength(1)
  })

  it('lets only those close by force who may, and never calls that ended', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    await expect(world.grants.forceClose(grant.id, 'owner', 'gone')).rejects.toMatchObject({
      code: 'REFUSED',
    })
    world.cloud.mood = () => 'fails'
    await world.pass(2 * HOUR)
    await expect(world.grants.forceClose(grant.id, 'ana', 'gone')).rejects.toMatchObject({ code: 'REFUSED' })
    const closed = await world.grants.forceClose(grant.id, 'owner', 'account deleted')
    expect(closed).toMatchObject({ state: 'closed', uncertain: true })
    expect(await world.events(grant.id)).not.toContain('grant.ended')
    // The access is still known to be ours: the next grant on it removes it.
    world.cloud.mood = () => 'well'
    const next = await world.give()
    await world.pass(3 * MINUTE)
    expect((await world.grants.grant(next.id)).state).toBe('active')
    await world.pass(4 * HOUR)
    expect(world.cloud.bindings.size).toBe(0)
  })

  it('keeps revoking when the configuration has lost the connector', async () => {
    const world = new GrantsWorld()
    const grant = await world.give()
    await world.restart({
      ledger: (ledger) => ledger,
      cloud: (cloud) => ({ ...cloud, name: 'renamed' }),
    })
    await world.pass(2 * HOUR)
    const why = 'its connector is not configured'
    expect(await world.grants.grant(grant.id)).toMatchObject({ state: 'revoke-failing', trouble: why })
    await world.restart()
    await world.expectOver()
  })

  it('revokes what is still activating, and starts what is scheduled later', async () => {
    const world = new GrantsWorld()
    world.cloud.mood = (call) => (call === 'issue' ? 'lost' : 'well')
    const grant = await world.give()
    await world.grants.revoke(grant.id, 'ana', 'no')
    const wish = world.wish('bo', 'db-admin', 120)
    const later = await world.grants.intend({ ...wish, startsAt: world.clock.now() + HOUR })
    expect(await world.grants.step(later.id)).toMatchObject({ state: 'scheduled' })
    await world.pass(20 * MINUTE)
    expect(world.cloud.bindings.size).toBe(0)
    world.cloud.mood = () => 'well'
    await world.pass(45 * MINUTE)
    expect((await world.grants.grant(later.id)).state).toBe('active')
    await world.expectOver()
  })
})
