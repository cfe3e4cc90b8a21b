import {
  assert,
  asyncModelRun,
  asyncProperty,
  commands,
  constant,
  constantFrom,
  integer,
  record,
  subarray,
} from 'fast-check'
import type { AsyncCommand } from 'fast-check'
import { expect, it } from 'vitest'
import {
  approvalOf,
  elevation,
  type AccessRequest,
  type RequestState,
} from '../../broker/requests/request.ts'
import { GomeisaError } from '../../graph/index.ts'
import { MINUTE } from './grants-world.ts'
import { requestsWorld, type RequestsWorld } from './requests-world.ts'

/** The end of each request that has one. */
type Model = Map<string, RequestState>
type Act = (world: RequestsWorld) => Promise<unknown>

const OWNERS = new Set(['bo', 'dan', 'ana-admin', 'owner0', 'owner1', 'owner2'])
/** One letter a human: linked ids have one. */
const hand = (id: string): string =>
  ['ana', 'ana-admin'].includes(id) ? 'A' : id.replace(/^owner[01]$/, 'O')

async function requestsIn(world: RequestsWorld): Promise<readonly AccessRequest[]> {
  const people = ['ana', 'bo']
  return world.ledger.transact(async (tx) => {
    const all = [await tx.requestsOf(people[0]!, 999), await tx.requestsOf(people[1]!, 999)]
    return all.flat()
  })
}

/** What must hold whatever came before, said without the code that decides. */
async function expectSound(world: RequestsWorld, model: Model): Promise<void> {
  const [requests, { grants }] = [await requestsIn(world), await world.all()]
  for (const request of requests) {
    const before = model.get(request.id)
    if (before !== undefined) expect(request.state).toBe(before)
    if (request.state !== 'awaiting') model.set(request.id, request.state)
    const voters = request.votes.map(({ person }) => hand(person))
    expect(new Set(voters).size, 'one vote a hand').toBe(voters.length)
    expect(voters).not.toContain(hand(request.person))
    if (request.person === 'ana') expect(voters).not.toContain('dan')
    expect(request.grant !== undefined).toBe(request.state === 'activated')
    if (request.state !== 'activated' || request.breakGlass) continue
    const [owners, security] = [
      request.votes.filter(({ person }) => OWNERS.has(person)),
      request.votes.filter(({ person }) => person === 'sue'),
    ]
    if (request.entitlement === 'path') expect(owners.length + security.length).toBeGreaterThan(0)
    if (request.entitlement === 'admin') expect(Math.min(owners.length, security.length)).toBeGreaterThan(0)
  }
  const activated = requests.filter(({ state }) => state === 'activated')
  const first = activated.filter((each) => each.extends === undefined)
  expect(first.map(({ grant }) => grant).sort()).toEqual(grants.map(({ id }) => id).sort())
  for (const grant of grants) {
    const behind = activated.filter((each) => each.grant === grant.id)
    expect(
      behind.every((each) => each.person === grant.person && each.entitlement === grant.entitlement),
    ).toBe(true)
    const length = (grant.deadline - grant.startsAt) / 1000
    expect(behind.map(({ durationSeconds }) => durationSeconds)).toContain(length)
    expect(grant.startsAt, 'time runs from activation').toBe(
      behind.find((each) => each.extends === undefined)?.activatedAt,
    )
  }
}

const command = (words: string, act: Act): AsyncCommand<Model, RequestsWorld> => ({
  check: () => true,
  run: async (model, world) => {
    await act(world).catch((error: unknown) => {
      if (!(error instanceof GomeisaError) || error.code !== 'REFUSED') throw error
    })
    await expectSound(world, model)
  },
  toString: () => words,
})

async function waiting(world: RequestsWorld, nth: number): Promise<AccessRequest | undefined> {
  const { open } = await world.all()
  return open[nth % Math.max(open.length, 1)]
}

const requester = constantFrom('ana', 'bo')
const voter = constantFrom('ana', 'ana-admin', 'dan', 'bo', 'sue', 'eve', 'owner0', 'owner1', 'owner2')
const nth = integer({ min: 0, max: 4 })
const wishes = record({
  person: requester,
  entitlement: constantFrom('easy', 'prod', 'path', 'admin'),
  seconds: constantFrom(600, 3600, 7200, 20_000),
  later: constantFrom(0, 30),
  breakGlass: constantFrom(false, false, true),
})

const asks = wishes.map((w) =>
  command(`ask ${JSON.stringify(w)}`, (world) => {
    const startsAt = w.later === 0 ? undefined : world.clock.now() + w.later * MINUTE
    const more = { durationSeconds: w.seconds, startsAt, breakGlass: w.breakGlass }
    return world.requests.ask(world.device(w.person), world.wish(w.entitlement, more))
  }),
)
const presents = nth.map((n) =>
  command(`present ${n}`, async (world) => {
    const request = await waiting(world, n)
    if (request === undefined) return
    const device = world.device(request.person)
    world.source.show(device, elevation(request), 'verified', true)
    await world.requests.activate(device, request.id)
  }),
)

const acts = [
  ...[asks, asks, asks, presents, presents, presents],
  record({
    people: subarray(['bo', 'sue', 'owner0', 'owner1', 'owner2', 'dan'], { minLength: 1 }),
    n: nth,
  }).map(({ people, n }) =>
    command(`at once ${people.join()} approve ${n}`, async (world) => {
      const request = await waiting(world, n)
      if (request === undefined) return
      await Promise.allSettled(
        people.map((person) => {
          world.source.show(world.device(person), approvalOf([request]))
          return world.requests.approve(world.device(person), [request.id])
        }),
      )
    }),
  ),
  record({ person: voter, n: nth, m: nth }).map(({ person, n, m }) =>
    command(`${person} approves ${n} and ${m}`, async (world) => {
      const both = [await waiting(world, n), await waiting(world, m)].filter((each) => each !== undefined)
      const distinct = [...new Map(both.map((each) => [each.id, each])).values()]
      world.source.show(world.device(person), approvalOf(distinct))
      await world.requests.approve(
        world.device(person),
        both.map(({ id }) => id),
      )
    }),
  ),
  record({ person: voter, n: nth }).map(({ person, n }) =>
    command(`${person} denies ${n}`, async (world) => {
      const request = await waiting(world, n)
      if (request) await world.requests.deny(world.device(person), [request.id], undefined)
    }),
  ),
  record({ person: requester, n: nth }).map(({ person, n }) =>
    command(`${person} withdraws ${n}`, async (world) => {
      const request = await waiting(world, n)
      if (request) await world.requests.withdraw(world.device(person), request.id)
    }),
  ),
  record({ n: nth, act: constantFrom('extend', 'release') }).map(({ n, act }) =>
    command(`${act} ${n}`, async (world) => {
      const { grants } = await world.all()
      const grant = grants[n % Math.max(grants.length, 1)]
      if (grant === undefined) return
      const device = world.device(grant.person)
      if (act === 'release') await world.requests.release(device, grant.id, undefined)
      const more = { seconds: 600, reason: 'more', ticket: undefined }
      if (act === 'extend') await world.requests.extend(device, grant.id, more)
    }),
  ),
  constant(command('tick', (world) => world.requests.tick())),
  constant(command('grants tick', (world) => world.grants.tick())),
  integer({ min: 1, max: 90 }).map((minutes) =>
    command(`pass ${minutes}`, (world) => {
      world.clock.advance(minutes * MINUTE)
      return Promise.resolve()
    }),
  ),
  record({ person: voter, locked: constantFrom(true, false) }).map(({ person, locked }) =>
    command(`${locked ? 'lock' : 'unlock'} ${person}`, (world) => {
      const { id } = world.device(person)
      if (locked) world.source.locked.add(id)
      else world.source.locked.delete(id)
      return Promise.resolve()
    }),
  ),
]

it('keeps its rules whatever people do in whatever order', { timeout: 120_000 }, async () => {
  const runs = Number(process.env['GOMEISA_REQUEST_RUNS'] ?? 40)
  let activated = 0
  await assert(
    asyncProperty(commands(acts, { maxCommands: 25, size: 'max' }), async (all) => {
      const world = requestsWorld()
      const model: Model = new Map()
      await asyncModelRun(() => ({ model, real: world }), all)
      activated += [...model.values()].filter((state) => state === 'activated').length
      await world.ledger.close()
    }),
    { numRuns: runs },
  )
  // Otherwise nothing was tried.
  expect(activated).toBeGreaterThan(runs / 10)
})
