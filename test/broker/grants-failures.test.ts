import { expect, it } from 'vitest'
import { hasEnded } from '../../broker/grants/grant.ts'
import { Refusal } from '../../broker/refusal.ts'
import { countedCalls } from './counted-calls.ts'
import { GrantsWorld, HOUR, MINUTE } from './grants-world.ts'
import { requestsWorld } from './requests-world.ts'

/** What brought other systems down, where no other test is about just that; docs/grants.md has the whole table. */

it('removes each of several roles that one person had at the same place', async () => {
  const world = new GrantsWorld()
  const ids = ['reader', 'writer', 'db-admin'].map((role) => world.give('ana', role, 30))
  await Promise.all(ids)
  expect(world.cloud.bindings.size).toBe(3)
  await world.pass(HOUR)
  expect((await world.all()).map(({ state }) => state)).toEqual(['ended', 'ended', 'ended'])
  expect(world.cloud.bindings.size).toBe(0)
})

it('goes on revoking after a day in which nothing worked, and a broker that was stopped all the time', async () => {
  const world = new GrantsWorld()
  const { id } = await world.give('ana', 'reader', 30)
  world.cloud.mood = () => 'fails'
  await world.pass(24 * HOUR, 400)
  expect(await world.grants.grant(id)).toMatchObject({ state: 'revoke-failing' })
  world.clock.advance(24 * HOUR)
  await world.restart()
  world.cloud.mood = () => 'well'
  await world.pass(10 * MINUTE)
  expect(await world.grants.grant(id)).toMatchObject({ state: 'ended' })
})

it('does not storm the cloud when six hundred grants are over at once after a restart', async () => {
  const world = new GrantsWorld()
  const people = Array.from({ length: 600 }, (_, n) => `person ${n}`)
  await Promise.all(people.map((person) => world.give(person, 'reader', 30)))
  world.clock.advance(HOUR)
  const counted = countedCalls()
  await world.restart(counted)
  while ((await world.grants.tick()) > 0) continue
  expect((await world.all()).filter(({ state }) => !hasEnded(state))).toEqual([])
  expect(counted.most).toBeGreaterThan(1)
  expect(counted.most).toBeLessThanOrEqual(256)
})

const permit = (id: string, where: string, seconds: number, approvals: number): string =>
  `@id("${id}") permit(principal, action == Gomeisa::Action::"activate", resource) when {
    resource.environment == Gomeisa::Environment::"${where}" && context.durationSeconds <= ${seconds} &&
    context.evidence.approvals >= ${approvals} };`

it('leaves an active grant alone when the time of the request that it came from is over', async () => {
  const world = requestsWorld({ policies: permit('long', 'other', 36_000, 0) })
  const wish = world.wish('easy', { durationSeconds: 9 * 3600 })
  const { request } = await world.requests.ask(world.device('ana'), wish)
  await world.grants.tick()
  expect(request.openUntil).toBe(world.clock.now() + 8 * HOUR)
  world.clock.advance(8.5 * HOUR)
  await world.requests.tick()
  await world.grants.tick()
  expect((await world.all()).grants).toMatchObject([{ state: 'active' }])
})

it('takes length, evidence and place from one policy, never the best of several', async () => {
  const policies = `${permit('long', 'other', 28_800, 0)}\n${permit('short', 'production', 3_600, 1)}`
  const world = requestsWorld({ policies })
  const asked = (id: string, durationSeconds: number) =>
    world.requests.ask(world.device('ana'), world.wish(id, { durationSeconds })).then(
      ({ request }) => request.state,
      (error: unknown) => (error instanceof Refusal ? error.reason : error),
    )
  expect(await asked('easy', 28_800)).toBe('activated')
  expect(await asked('prod', 3_600)).toBe('awaiting')
  expect(await asked('prod', 28_800)).toBe('policy-denies')
})
