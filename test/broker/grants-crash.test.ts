import { expect, it } from 'vitest'
import type { Mood } from '../fakes/grants/cloud.ts'
import { Crash, CrashAt } from './crashing.ts'
import { STORIES } from './grants-stories.ts'
import { GrantsWorld } from './grants-world.ts'

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
