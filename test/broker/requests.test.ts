import { describe, expect, it } from 'vitest'
import { approvalOf, elevation, type AccessRequest } from '../../broker/requests/request.ts'
import { refusalOf } from './world.ts'
import { requestsWorld, type RequestsWorld } from './requests-world.ts'
import { HOUR, MINUTE } from './grants-world.ts'

/** Shows presence for an approval and gives it. */
async function approves(world: RequestsWorld, person: string, ...requests: readonly AccessRequest[]) {
  const device = world.device(person)
  world.source.show(device, approvalOf(requests))
  return world.requests.approve(
    device,
    requests.map(({ id }) => id),
  )
}

/** Asks for the entitlement with a path, which takes one more person, and shows presence. */
async function asked(world: RequestsWorld, more: Parameters<RequestsWorld['wish']>[1] = {}) {
  const { request } = await world.requests.ask(
    world.device('ana'),
    world.wish('path', { durationSeconds: 7200, ...more }),
  )
  world.source.show(world.device('ana'), elevation(request))
  return request
}

describe('requests', () => {
  it('activates at once what a known device is enough for, and its time runs from there', async () => {
    const world = requestsWorld()
    const { request, missing } = await world.requests.ask(world.device('ana', 'software'), world.wish('easy'))
    expect({ request, missing }).toMatchObject({ request: { state: 'activated' }, missing: [] })
    await world.grants.tick()
    const [grant] = (await world.all()).grants
    expect(grant).toMatchObject({ id: request.grant, state: 'active', deadline: world.clock.now() + HOUR })
    expect(await world.events()).toEqual([
      'request.asked',
      'grant.intended',
      'request.activated',
      'grant.activating',
      'grant.active',
    ])
  })

  it('asks for presence by the name of this very decision, and counts no other and no old one', async () => {
    const world = requestsWorld()
    const ana = world.device('ana')
    const { request, prompt, missing } = await world.requests.ask(ana, world.wish('prod'))
    expect(prompt?.open).toContain(`elevate ${request.id}`)
    expect(missing[0]).toEqual(['PIN or biometric'])
    const other = { ...elevation(request), decision: 'elevate another' }
    world.source.show(ana, other)
    expect((await world.requests.activate(ana, request.id)).request.state).toBe('awaiting')
    world.source.show(ana, elevation({ ...request, durationSeconds: 60 }))
    expect((await world.requests.activate(ana, request.id)).request.state).toBe('awaiting')
    world.source.show(ana, elevation(request))
    world.clock.advance(5 * MINUTE + 1)
    expect((await world.requests.activate(ana, request.id)).request.state).toBe('awaiting')
    world.source.show(ana, elevation(request))
    expect((await world.requests.activate(ana, request.id)).request.state).toBe('activated')
  })

  it('decides again at the issue: stale evidence, a lock or a voter who is gone denies', async () => {
    for (const spoil of ['stale', 'lock', 'voter'] as const) {
      const world = requestsWorld()
      const request = await asked(world)
      await approves(world, 'bo', request)
      expect((await world.all()).open).toEqual([])
      if (spoil === 'stale') world.clock.advance(16 * MINUTE)
      else world.source.locked.add(spoil === 'lock' ? 'device of ana' : 'device of bo')
      await world.grants.tick()
      expect((await world.all()).grants).toMatchObject([{ state: 'denied' }])
      expect(world.cloud.bindings.size).toBe(0)
    }
  })

  it('runs its time from the approval, however long that took', async () => {
    const world = requestsWorld()
    const request = await asked(world)
    world.clock.advance(3 * HOUR)
    await approves(world, 'bo', request)
    expect((await world.requests.activate(world.device('ana'), request.id)).missing[0]).toEqual([
      'PIN or biometric',
    ])
    world.source.show(world.device('ana'), elevation(request))
    await world.requests.tick()
    const [grant] = (await world.all()).grants
    expect(grant?.deadline).toBe(world.clock.now() + 2 * HOUR)
  })

  it('refuses the approval of oneself, of another account of oneself, of a delegate, and a second one', async () => {
    const world = requestsWorld()
    const { request } = await world.requests.ask(world.device('ana'), world.wish('admin'))
    for (const own of ['ana', 'ana-admin', 'dan']) {
      expect(await refusalOf(() => approves(world, own, request))).toBe('own-request')
    }
    await approves(world, 'owner0', request)
    const now = (await world.all()).open[0]!
    expect(await refusalOf(() => approves(world, 'owner0', now))).toBe('approved-before')
    expect(await refusalOf(() => approves(world, 'owner1', now))).toBe('approved-before')
    expect(await refusalOf(() => approves(world, 'eve', now))).toBe('request-unknown')
    expect((await world.all()).open[0]?.votes.map(({ person }) => person)).toEqual(['owner0'])
  })

  it('counts a vote for exactly what was voted on, and only with what it takes', async () => {
    const world = requestsWorld()
    const request = await asked(world)
    const bo = world.device('bo')
    const missing = await world.requests.approve(bo, [request.id])
    expect(missing).toMatchObject({ kind: 'missing', missing: ['PIN or biometric'] })
    world.source.show(bo, approvalOf([{ ...request, durationSeconds: 60 }]))
    expect((await world.requests.approve(bo, [request.id])).kind).toBe('missing')
    await world.ledger.transact((tx) => tx.updateRequest({ ...request, durationSeconds: 9000 }))
    const forged = await world.ledger.transact((tx) => tx.request(request.id))
    await approves(world, 'bo', forged!)
    const voted = await world.ledger.transact((tx) => tx.request(request.id))
    await world.ledger.transact((tx) => tx.updateRequest({ ...voted!, durationSeconds: 7200 }))
    world.source.show(world.device('ana'), elevation(request))
    expect((await world.requests.activate(world.device('ana'), request.id)).request.state).toBe('awaiting')
  })

  it('approves many with one presence, all or none', async () => {
    const world = requestsWorld()
    const [one, two, three] = [await asked(world), await asked(world), await asked(world)]
    world.source.show(world.device('bo'), approvalOf([one, two]))
    const done = await world.requests.approve(world.device('bo'), [two.id, one.id])
    expect(done.requests.map(({ state }) => state)).toEqual(['activated', 'activated'])
    expect((await world.requests.approve(world.device('bo'), [three.id])).kind).toBe('missing')
    expect(await refusalOf(() => approves(world, 'sue', one, three))).toBe('state-other')
    expect((await world.all()).open[0]?.votes).toEqual([])
  })

  it('gives one outcome where fifty approve at once', async () => {
    const world = requestsWorld()
    const request = await asked(world)
    const people = Array.from({ length: 50 }, (_, i) => `owner${i}`)
    const results = await Promise.allSettled(people.map((person) => approves(world, person, request)))
    const { grants, open } = await world.all()
    expect(open).toEqual([])
    expect(grants).toHaveLength(1)
    const after = await world.ledger.transact((tx) => tx.request(request.id))
    expect(after).toMatchObject({ state: 'activated', grant: grants[0]?.id })
    const voted = after!.votes.map(({ person }) => person)
    expect(new Set(voted).size).toBe(voted.length)
    // The two that are one hand count as one, whoever of them came first.
    expect(voted.includes('owner0') && voted.includes('owner1')).toBe(false)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(voted.length)
    const events = await world.events()
    expect(events.filter((each) => each === 'request.activated')).toHaveLength(1)
    expect(events.filter((each) => each === 'request.approved')).toHaveLength(voted.length)
    await world.grants.tick()
    expect(world.cloud.made.size).toBe(1)
  })

  it('denies for good, and withdraws', async () => {
    const world = requestsWorld()
    const [one, two] = [await asked(world), await asked(world)]
    await world.requests.deny(world.device('bo'), [one.id], 'not now')
    expect(await refusalOf(() => approves(world, 'sue', one))).toBe('state-other')
    expect(await refusalOf(() => world.requests.withdraw(world.device('bo'), two.id))).toBe('request-unknown')
    expect(await refusalOf(() => world.requests.deny(world.device('ana'), [two.id], undefined))).toBe(
      'own-request',
    )
    await world.requests.withdraw(world.device('ana'), two.id)
    expect((await world.all()).open).toEqual([])
    expect((await world.all()).grants).toEqual([])
  })

  it('starts later, never before, and ends what nobody takes up', async () => {
    const world = requestsWorld()
    const startsAt = world.clock.now() + HOUR
    const later = await world.requests.ask(world.device('ana'), world.wish('easy', { startsAt }))
    const never = await world.requests.ask(world.device('ana'), world.wish('prod'))
    await world.requests.tick()
    expect(later.request.state).toBe('awaiting')
    world.clock.advance(HOUR)
    await world.requests.tick()
    expect((await world.all()).grants).toMatchObject([{ startsAt, deadline: startsAt + HOUR }])
    world.clock.advance(8 * HOUR)
    await world.requests.tick()
    const ended = await world.ledger.transact((tx) => tx.request(never.request.id))
    expect(ended).toMatchObject({ state: 'expired' })
  })

  it('takes the emergency way only for who asks for it in so many words', async () => {
    const world = requestsWorld()
    const ana = world.device('ana')
    const plain = await world.requests.ask(ana, world.wish('admin'))
    world.source.show(ana, elevation(plain.request))
    expect((await world.requests.activate(ana, plain.request.id)).request.state).toBe('awaiting')
    const glass = await world.requests.ask(ana, world.wish('admin', { breakGlass: true }))
    world.source.show(ana, elevation(glass.request))
    expect((await world.requests.activate(ana, glass.request.id)).request.state).toBe('activated')
    expect((await world.events()).filter((each) => each === 'request.broke-glass')).toHaveLength(1)
  })

  it('refuses what no evidence would give, and says so in the log', async () => {
    const world = requestsWorld()
    const ana = world.device('ana')
    const refused = (more: object, id = 'prod') =>
      refusalOf(() => world.requests.ask(ana, world.wish(id, more)))
    expect(await refused({ reason: undefined })).toBe('policy-denies')
    expect(await refused({ durationSeconds: 90_000 })).toBe('policy-denies')
    expect(await refused({ durationSeconds: 5 })).toBe('limit-exceeded')
    expect(await refused({}, 'arn:aws:iam::1:role/admin')).toBe('entitlement-unknown')
    expect(await refused({}, 'orphan')).toBe('entitlement-unknown')
    expect(await refusalOf(() => world.requests.ask(world.device('mallory'), world.wish('easy')))).toBe(
      'person-unknown',
    )
    expect(await refusalOf(() => world.requests.ask(world.device('eve'), world.wish('easy')))).toBe(
      'policy-denies',
    )
    expect(await world.events()).toEqual(['request.refused', 'request.refused', 'request.refused'])
  })

  it('shows beforehand what it takes, who could approve, what it adds and how it is taken back', async () => {
    const world = requestsWorld()
    const shown = await world.requests.preview(
      world.device('ana'),
      world.wish('path', { durationSeconds: 7200 }),
    )
    expect(shown.requirement.ways[0]?.rung).toBe('second-person')
    expect(shown.approvers).toEqual(expect.arrayContaining(['bo', 'sue']))
    expect(shown.approvers).not.toContain('ana')
    expect(shown.approvers).not.toContain('dan')
    expect(shown.approvers).not.toContain('ana-admin')
    expect(shown.traits?.revoke.typical).toBe(1000)
    expect((await world.all()).open).toEqual([])
  })
})

describe('extension and release', () => {
  const easy = async (seconds = 3600) => {
    const world = requestsWorld({ mostExtensions: 2 })
    const ana = world.device('ana')
    const { request } = await world.requests.ask(ana, world.wish('easy', { durationSeconds: seconds }))
    await world.grants.tick()
    const more = (add: number) =>
      world.requests.extend(ana, request.grant!, { seconds: add, reason: 'not done', ticket: undefined })
    return { world, ana, id: request.grant!, more }
  }

  it('asks about the whole time, so that a bound of the policy holds for all of it', async () => {
    const { world, ana, id, more } = await easy()
    const { request, missing } = await more(3600)
    expect({ request, missing: missing[0] }).toMatchObject({
      request: { durationSeconds: 7200, state: 'awaiting' },
      missing: ['a touch'],
    })
    world.source.show(ana, elevation(request))
    await world.requests.activate(ana, request.id)
    await world.grants.tick()
    const grant = await world.grants.grant(id)
    expect(grant).toMatchObject({ state: 'active', deadline: grant.startsAt + 2 * HOUR, generation: 1 })
    expect(await refusalOf(() => more(8 * 3600))).toBe('policy-denies')
  })

  it('is bounded in number, one at a time, and refused for others and for what has ended', async () => {
    const { world, ana, id, more } = await easy(600)
    await more(600)
    await world.grants.tick()
    await more(600)
    await world.grants.tick()
    expect(await refusalOf(() => more(600))).toBe('limit-exceeded')
    const [row] = await world.requests.grants(ana)
    expect(row).toMatchObject({ extensionsLeft: 0, grant: { generation: 2 } })
    const theirs = { seconds: 60, reason: undefined, ticket: undefined }
    expect(await refusalOf(() => world.requests.extend(world.device('bo'), id, theirs))).toBe('grant-unknown')
    expect(await refusalOf(() => world.requests.release(world.device('bo'), id, undefined))).toBe(
      'grant-unknown',
    )
    await world.requests.release(ana, id, undefined)
    await world.grants.tick()
    expect(await world.grants.grant(id)).toMatchObject({ state: 'revoked' })
    expect(world.cloud.bindings.size).toBe(0)
    expect(await refusalOf(() => more(60))).toBe('state-other')
    expect(await refusalOf(() => world.requests.release(ana, id, undefined))).toBe('state-other')
  })

  it('expires with the grant that it is about', async () => {
    const { world, id, more } = await easy()
    const { request } = await more(3600)
    expect(await refusalOf(() => more(3600))).toBe('state-other')
    world.clock.advance(HOUR)
    await world.grants.tick()
    await world.requests.tick()
    expect((await world.grants.grant(id)).state).toBe('ended')
    const ended = await world.ledger.transact((tx) => tx.request(request.id))
    expect(ended?.state).toBe('expired')
  })
})
