import {
  assert,
  asyncModelRun,
  asyncProperty,
  commands,
  constant,
  constantFrom,
  integer,
  record,
} from 'fast-check'
import type { AsyncCommand } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GomeisaError } from '../../graph/index.ts'
import { hasEnded } from '../../broker/grants/grant.ts'
import { openPostgresLedger, type SharedLedger } from '../../broker/ledger/postgres/grant-ledger.ts'
import type { Mood } from '../fakes/grants/cloud.ts'
import { PostgresServer, postgresPrograms } from '../fakes/postgres/server.ts'
import { Crash, CrashAt } from './crashing.ts'
import { STORIES } from './grants-stories.ts'
import { HOUR, signer } from './grants-world.ts'
import { TwoBrokers } from './two-brokers.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('two brokers over one PostgreSQL', { timeout: 180_000 }, () => {
  let server: PostgresServer
  let ledgers: SharedLedger[] = []
  beforeAll(async () => {
    server = await PostgresServer.start(programs ?? '')
    const opened = [1, 2, 3].map(() => openPostgresLedger(server.address(), signer))
    ledgers = await Promise.all(opened)
  }, 60_000)
  afterAll(async () => {
    await Promise.all(ledgers.map((each) => each.close()))
    await server.stop()
  })
  /** Two brokers and nothing else yet. */
  const fresh = async (): Promise<TwoBrokers> => {
    const tables = ['grant_row', 'access', 'request', 'audit'].map((name) => `DELETE FROM gomeisa.${name}`)
    // The one way past the trigger that keeps the log: what replicates may, and the owner of the server.
    await server.ask('postgres', 'SET session_replication_role = replica', ...tables)
    const [looks, ...brokers] = ledgers
    if (looks === undefined) throw new RangeError('no ledger')
    return new TwoBrokers({ looks, brokers })
  }

  it('issue and revoke each grant once, however both of them hurry', async () => {
    const two = await fresh()
    const { world } = two
    const given = Array.from({ length: 24 }, (_, n) =>
      two.grants(n % 2).intend(world.wish(`p${n}`, 'reader')),
    )
    const ids = (await Promise.all(given)).map(({ id }) => id)
    await Promise.all([
      two.tick(),
      two.tick(),
      ...ids.flatMap((id) => [0, 1].map((n) => two.grants(n).step(id))),
    ])
    await two.tick()
    expect((await world.all()).map(({ state }) => state)).toEqual(ids.map(() => 'active'))
    expect([...two.sent.values()].filter((times) => times !== 1)).toEqual([])
    expect(two.sent.size).toBe(24)
    await Promise.all(ids.map((id, n) => two.grants(n % 2).revoke(id, 'ana', 'done')))
    await Promise.all([two.tick(), two.tick()])
    await two.tick()
    expect(world.cloud.calls.filter((call) => call === 'revoke')).toHaveLength(24)
    expect(two.clashes).toEqual([])
    await two.expectOver()
  })

  for (const name of ['issue', 'extend', 'revoke', 'kill', 'expire'] as const) {
    it(`${name}: one is ended at any point, the other brings it to its end`, async () => {
      let points = 0
      for (const mood of ['well', 'lost'] as const) {
        for (let at = 1; ; at++) {
          const two = await fresh()
          const { world } = two
          world.stand('bo', 'db-admin')
          const first = await two.grants(1).intend(world.wish())
          expect((await two.grants(1).step(first.id)).state).toBe('active')
          const crash = new CrashAt(at)
          await two.restart(0, crash)
          world.cloud.mood = (call) => (call === 'observe' ? 'well' : mood)
          // The story is told by the first broker while the second looks after everything, too.
          world.grants = two.grants(0)
          await Promise.all([
            STORIES[name]?.(world, first.id).catch((error: unknown) => {
              if (!(error instanceof Crash)) throw error
            }),
            two.grants(1).tick(),
          ])
          world.cloud.mood = () => 'well'
          for (let n = 0; n < 8; n++) {
            await two.grants(1).tick()
            world.clock.advance(HOUR / 2)
            world.cloud.settle()
          }
          await world.expectSound()
          expect((await world.all()).filter(({ state }) => !hasEnded(state))).toEqual([])
          expect([...world.cloud.bindings.keys()]).toEqual(['bo|db-admin'])
          expect(two.clashes).toEqual([])
          points++
          if (!crash.crashed) break
        }
      }
      expect(points).toBeGreaterThan(2 * 5)
    })
  }

  it('hold their promises whatever happens in whatever order', async () => {
    await assert(
      asyncProperty(commands(acts, { maxCommands: 25 }), async (all) => {
        const two = await fresh()
        two.world.stand('bo', 'reader')
        await asyncModelRun(() => ({ model: {}, real: two }), all)
        await two.expectOver()
        expect(two.clashes).toEqual([])
      }),
      { numRuns: Number(process.env['GOMEISA_GRANT_RUNS'] ?? 15), endOnFailure: true },
    )
  })
})

type Act = (two: TwoBrokers) => Promise<unknown>

const command = (words: string, act: Act): AsyncCommand<Record<string, never>, TwoBrokers> => ({
  check: () => true,
  run: async (_, two) => {
    await act(two).catch((error: unknown) => {
      if (!(error instanceof GomeisaError && error.code === 'REFUSED')) throw error
    })
    const { world } = two
    expect(world.cloud.bindings.has('bo|reader'), 'standing access').toBe(true)
    const rows = new Set((await world.all()).map(({ id }) => id))
    expect([...two.sent.keys()].filter((key) => !rows.has(key.split(':')[0] ?? ''))).toEqual([])
    expect(two.clashes).toEqual([])
  },
  toString: () => words,
})

const seat = integer({ min: 0, max: 1 })
const nth = integer({ min: 0, max: 4 })
const at = integer({ min: 1, max: 12 })

/** The newest of so many that have not ended. */
const living = async (two: TwoBrokers, n: number): Promise<string> => {
  const all = (await two.world.all()).filter(({ state }) => !hasEnded(state))
  const id = all[n % Math.max(all.length, 1)]?.id
  if (id === undefined) throw new GomeisaError('REFUSED', 'there is none')
  return id
}

const acts = [
  record({ seat, person: constantFrom('ana', 'bo'), minutes: integer({ min: 1, max: 90 }) }).map((w) =>
    command(`give ${w.person} ${w.minutes} by ${w.seat}`, (two) =>
      two.ask(w.seat, (grants) => grants.intend(two.world.wish(w.person, 'reader', w.minutes))),
    ),
  ),
  constant(command('tick', (two) => two.tick())),
  constant(command('tick', (two) => two.tick())),
  integer({ min: 1, max: 40 }).map((minutes) => command(`pass ${minutes}`, (two) => two.pass(minutes))),
  record({ mood: constantFrom<Mood[]>('well', 'refuses', 'fails', 'lost', 'late', 'throws') }).map(
    ({ mood }) =>
      command(`cloud ${mood}`, (two) => {
        two.world.cloud.mood = (call) => (call === 'observe' ? 'well' : mood)
        return Promise.resolve()
      }),
  ),
  record({ seat, nth }).map((w) =>
    command(`revoke ${w.nth} by ${w.seat}`, async (two) => {
      const id = await living(two, w.nth)
      return two.ask(w.seat, (grants) => grants.revoke(id, 'ana', 'done'))
    }),
  ),
  record({ seat, nth }).map((w) =>
    command(`extend ${w.nth} by ${w.seat}`, async (two) => {
      const id = await living(two, w.nth)
      return two.ask(w.seat, (grants) => grants.extend(id, two.world.clock.now() + 2 * HOUR, 'ana'))
    }),
  ),
  seat.map((n) =>
    command(`kill by ${n}`, (two) => two.ask(n, (grants) => grants.kill({ person: 'ana' }, 'owner', 'lost'))),
  ),
  record({ seat, at }).map((w) => command(`crash ${w.seat} at ${w.at}`, (two) => two.tick(w))),
  record({ seat, at: integer({ min: 1, max: 6 }) }).map((w) =>
    command(`hang ${w.seat} at ${w.at}`, async (two) => {
      await two.hang(w.seat, w.at)
      await two.tick()
    }),
  ),
  constant(command('thaw', (two) => two.thaw())),
]
