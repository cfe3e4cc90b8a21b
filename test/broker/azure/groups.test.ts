import { beforeAll, beforeEach, expect, it } from 'vitest'
import { GroupMembers } from '../../../broker/connectors/azure/group-members.ts'
import { Groups } from '../../../broker/connectors/azure/groups.ts'
import { groupsService } from '../../fakes/azure/groups.ts'
import { CrashAt } from '../crashing.ts'
import { ledgerFile } from '../grants-world.ts'
import { ANA, stage, type Stage } from './stage.ts'

const MINUTE = 60_000
const GROUP = '30000000-0000-4000-8000-000000000000'
const OTHERS = ['1', '2', '3'].map((n) => `cccccccc-0000-4000-8000-00000000000${n}`)
const signal = new AbortController().signal

let s: Stage
let connector: Groups
let grants: Stage['grants']
const graph = groupsService()
let members: Set<string>
beforeAll(async () => {
  s = await stage()
  s.cloud.also = graph.also
  const [tenant, principals] = [GROUP, new Map([['ana@example.com', ANA.toUpperCase()]])]
  const reach = { endpoint: `https://localhost:${s.cloud.port}` }
  connector = new Groups(new GroupMembers(reach), [{ id: 'team', tenant, group: GROUP, principals }])
})
beforeEach(() => {
  graph.trouble = () => undefined
  graph.after = undefined
  members = new Set(OTHERS)
  graph.groups.set(GROUP, { about: { groupTypes: [], mailEnabled: false }, members })
  grants = s.broker(ledgerFile(), undefined, [connector]).grants
})
const wish = () => ({ ...s.wish('plain'), entitlement: 'team', connector: connector.name })
const step = async () => {
  const { id } = await grants.intend(wish())
  return grants.step(id)
}
const end = async (id: string) => {
  await grants.revoke(id, 'ops', 'done')
  return grants.step(id)
}

it('is a direct member while the grant is, and no longer; nobody else is touched', async () => {
  const grant = await step()
  expect(grant).toMatchObject({ state: 'active', trouble: undefined })
  expect([...members]).toEqual([...OTHERS, ANA])
  expect(await connector.observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: false })
  expect(await end(grant.id)).toMatchObject({ state: 'revoked', kept: undefined })
  expect([...members]).toEqual(OTHERS)
  // Twice is as good as once.
  expect(await connector.revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
  expect(connector.traits.providerExpiry).toBe('none')
})

it('never removes who was in the group before', async () => {
  members.add(ANA)
  const grant = await step()
  expect(await end(grant.id)).toMatchObject({ state: 'revoked', kept: 'it stood before' })
  expect(members).toContain(ANA)
})

it('overlapping grants share the membership; the last one ends it', async () => {
  const [one, other] = [await step(), await step()]
  expect(await end(one.id)).toMatchObject({ state: 'revoked', kept: 'another grant covers it' })
  expect(members).toContain(ANA)
  expect(await end(other.id)).toMatchObject({ state: 'revoked', kept: undefined })
  expect(members).not.toContain(ANA)
})

it.each([
  ['a rule decides', { groupTypes: ['DynamicMembership'] }],
  ['a rule decides', { groupTypes: [], membershipRule: 'user.department -eq "x"' }],
  ['synchronised', { groupTypes: [], onPremisesSyncEnabled: true }],
  ['Exchange', { groupTypes: [], mailEnabled: true }],
])('asks nothing of a group that takes no members: %s', async (why, about) => {
  graph.groups.set(GROUP, { about, members })
  graph.seen.length = 0
  const refused = await step()
  expect(refused).toMatchObject({ state: 'failed', kept: undefined })
  const outcome = await connector.issue(refused.plan, { ...refused, grant: refused.id }, 'key', signal)
  expect(outcome).toEqual({ kind: 'refused', why: expect.stringContaining(why) as string })
  expect(graph.seen.filter((each) => each.startsWith('POST'))).toEqual([])
})

it('a group of Microsoft 365 takes members', async () => {
  graph.groups.set(GROUP, { about: { groupTypes: ['Unified'], mailEnabled: true }, members })
  expect((await step()).state).toBe('active')
})

it('what Graph refuses is no access, and its words are not kept', async () => {
  graph.trouble = (method) => (method === 'POST' ? 403 : undefined)
  const refused = await step()
  expect(refused.state).toBe('failed')
  expect(JSON.stringify(refused)).not.toContain('secret text')
  graph.trouble = () => undefined
  // 400 is also what it says of a member: whether that is so is looked at.
  graph.trouble = (method) => (method === 'POST' ? 400 : undefined)
  expect((await step()).state).toBe('failed')
})

it('after an answer that was lost there is one membership, and none after the end', async () => {
  graph.after = 503
  const { id, state } = await step()
  expect(state).toBe('activating')
  graph.after = undefined
  s.clock.advance(6 * MINUTE)
  expect((await grants.step(id)).state).toBe('active')
  graph.after = 503
  expect((await end(id)).state).not.toBe('revoked')
  graph.after = undefined
  s.clock.advance(20 * MINUTE)
  expect((await grants.step(id)).state).toBe('revoked')
  expect([...members]).toEqual(OTHERS)
})

it('a group that is not found is unknown, never absent', async () => {
  const { recipe } = await step()
  graph.groups.delete(GROUP)
  expect((await connector.observe(recipe, signal)).kind).toBe('unknown')
})

it('guesses no user', async () => {
  await expect(grants.intend({ ...wish(), person: 'cy@example.com' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

it('ended at any point, the next broker brings it to its end', async () => {
  let points = 0
  for (let crashed = true; crashed; points++) {
    const [file, crash] = [ledgerFile(), new CrashAt(points + 1)]
    const early = s.broker(file, crash, [connector])
    const given = early.grants.intend(wish()).then(({ id }) => early.grants.step(id))
    await given.catch(() => undefined)
    await early.close()
    const last = s.broker(file, undefined, [connector])
    for (let i = 0; i < 6; i++) {
      s.clock.advance(20 * MINUTE)
      await last.grants.tick()
    }
    await last.close()
    expect([...members]).toEqual(OTHERS)
    crashed = crash.crashed
  }
  expect(points).toBeGreaterThan(8)
})
