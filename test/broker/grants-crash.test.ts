import { expect, it } from 'vitest'
import type { Mood } from '../fakes/grants/cloud.ts'
import { Crash, CrashAt } from './crashing.ts'
import { GrantsWorld, HOUR } from './grants-world.ts'

/** What a broker does until it is ended; each is run once for every point at which that can be. */
const STORIES: Readonly<Record<string, (world: GrantsWorld, first: string) => Promise<unknown>>> = {
  issue: (world) => world.give('ana', 'reader'),
  extend: async ({ grants, clock }, first) => {
    await grants.extend(first, clock.now() + 2 * HOUR, 'ana')
    await grants.step(first)
  },
  revoke: async ({ grants }, first) => {
    await grants.revoke(first, 'ana', 'done')
    await grants.step(first)
  },
  'revoke beside another grant': async (world, first) => {
    const { id } = await world.grants.intend(world.wish('ana', 'db-admin', 90))
    await world.grants.revoke(first, 'ana', 'done')
    await Promise.all([world.grants.step(first), world.grants.step(id)])
  },
  kill: async ({ grants }, first) => {
    await grants.kill({ person: 'ana' }, 'owner', 'stolen laptop')
    await grants.step(first)
  },
  expire: async (world, first) => {
    world.clock.advance(2 * HOUR)
    await world.grants.step(first)
  },
  'issue over standing access': (world) => world.give('bo', 'db-admin'),
}
const MOODS: readonly Mood[] = ['well', 'lost', 'late', 'fails', 'refuses', 'throws']

for (const [name, story] of Object.entries(STORIES)) {
  it(`${name}: ended at any point, the next broker brings it to its end`, { timeout: 60_000 }, async () => {
    let points = 0
    for (const mood of MOODS) {
      for (let at = 1; ; at++) {
        const world = new GrantsWorld()
        world.stand('bo', 'db-admin')
        const first = await world.give()
        expect(first.state).toBe('active')
        const crash = new CrashAt(at)
        await world.restart(crash)
        world.cloud.mood = (call) => (call === 'observe' ? 'well' : mood)
        await story(world, first.id).catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error
        })
        await world.restart()
        await world.expectSound()
        await world.expectOver()
        await world.ledger.close()
        points++
        if (!crash.crashed) break
      }
    }
    // Fewer would mean that the story was never ended in the middle.
    expect(points).toBeGreaterThan(MOODS.length * 5)
  })
}
