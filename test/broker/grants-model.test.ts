import {
  asyncModelRun,
  asyncProperty,
  assert,
  commands,
  constant,
  constantFrom,
  integer,
  record,
} from 'fast-check'
import type { AsyncCommand } from 'fast-check'
import { expect, it } from 'vitest'
import { GomeisaError } from '../../graph/index.ts'
import { hasEnded } from '../../broker/grants/grant.ts'
import type { Mood } from '../fakes/grants/cloud.ts'
import { CrashAt, Crash } from './crashing.ts'
import { GrantsWorld, HOUR, MINUTE } from './grants-world.ts'

type Act = (world: GrantsWorld) => Promise<unknown>
type Model = Record<string, never>

/** A command is an act and its words; what must hold is checked after each. */
const command = (words: string, act: Act): AsyncCommand<Model, GrantsWorld> => ({
  check: () => true,
  run: async (_, world) => {
    try {
      await act(world)
    } catch (error) {
      const refused = error instanceof GomeisaError && error.code === 'REFUSED'
      if (error instanceof Crash) await world.restart()
      else if (!refused) throw error
    }
    const lost = [...world.standing].filter((access) => !world.cloud.bindings.has(access))
    expect(lost, 'standing access that was taken').toEqual([])
    const rows = new Set((await world.all()).map(({ id }) => id))
    const orphans = [...world.cloud.made.keys()].filter((key) => !rows.has(key.split(':')[0] ?? ''))
    expect(orphans, 'access without a row').toEqual([])
  },
  toString: () => words,
})

/** The newest of so many that have not ended. */
async function living(world: GrantsWorld, nth: number): Promise<string | undefined> {
  const all = (await world.all()).filter(({ state }) => !hasEnded(state))
  return all[nth % Math.max(all.length, 1)]?.id
}

const person = constantFrom('ana', 'bo')
const entitlement = constantFrom('reader', 'db-admin')
const moods = constantFrom<Mood[]>('well', 'refuses', 'fails', 'lost', 'late', 'hangs', 'throws')
const nth = integer({ min: 0, max: 5 })

const acts = [
  record({ person, entitlement, minutes: integer({ min: 1, max: 90 }) }).map((w) =>
    command(`give ${w.person} ${w.entitlement} ${w.minutes}`, (world) =>
      world.grants.intend(world.wish(w.person, w.entitlement, w.minutes)),
    ),
  ),
  constant(command('tick', (world) => world.grants.tick())),
  constant(command('tick', (world) => world.grants.tick())),
  integer({ min: 1, max: 40 }).map((minutes) =>
    command(`pass ${minutes}`, (world) => world.pass(minutes * MINUTE)),
  ),
  integer({ min: 1, max: 90 }).map((seconds) =>
    command(`wait ${seconds} s`, (world) => {
      world.clock.advance(seconds * 1000)
      world.cloud.settle()
      return Promise.resolve()
    }),
  ),
  record({ mood: moods, call: constantFrom('issue', 'revoke', 'observe', 'kill') }).map(({ mood, call }) =>
    command(`${call} ${mood}`, (world) => {
      world.cloud.mood = (asked) => (asked === call ? mood : 'well')
      return Promise.resolve()
    }),
  ),
  nth.map((n) =>
    command(`revoke ${n}`, async (world) => {
      const id = await living(world, n)
      if (id !== undefined) await world.grants.revoke(id, 'ana', 'done')
    }),
  ),
  nth.map((n) =>
    command(`extend ${n}`, async (world) => {
      const id = await living(world, n)
      if (id !== undefined) await world.grants.extend(id, world.clock.now() + 2 * HOUR, 'ana')
    }),
  ),
  person.map((whom) =>
    command(`kill ${whom}`, (world) => world.grants.kill({ person: whom }, 'owner', 'lost')),
  ),
  integer({ min: 1, max: 14 }).map((at) =>
    command(`crash at ${at}`, async (world) => {
      await world.restart(new CrashAt(at))
      await world.grants.tick()
    }),
  ),
  constantFrom(-10, 0, 10).map((minutes) =>
    command(`restart with a clock that is ${minutes} minutes off`, async (world) => {
      world.clock.skew = minutes * MINUTE
      await world.restart()
    }),
  ),
  constantFrom(true, false).map((allow) =>
    command(allow ? 'allow' : 'deny', (world) => {
      world.decide = () => Promise.resolve(allow ? { allow } : { allow, why: 'policy' })
      return Promise.resolve()
    }),
  ),
]

it('holds its promises whatever happens in whatever order', { timeout: 120_000 }, async () => {
  const runs = Number(process.env['GOMEISA_GRANT_RUNS'] ?? 300)
  await assert(
    asyncProperty(
      commands(acts, { maxCommands: 30 }),
      constantFrom<string[]>('reader', 'none'),
      async (all, stands) => {
        const world = new GrantsWorld()
        if (stands !== 'none') world.stand('bo', stands)
        await asyncModelRun(() => ({ model: {}, real: world }), all)
        world.clock.skew = 0
        await world.restart()
        await world.expectSound()
        await world.expectOver()
        await world.ledger.close()
      },
    ),
    { numRuns: runs },
  )
})
