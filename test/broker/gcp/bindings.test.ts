import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Binding } from '../../fakes/gcp/policy-service.ts'
import { ANA, PROJECT, ROLE, stage, type Stage } from './stage.ts'

const MINUTE = 60_000
const STANDING: readonly Binding[] = [
  { role: ROLE, members: [ANA, 'group:ops@example.com'] },
  {
    role: 'roles/viewer.custom',
    members: [ANA],
    condition: { title: 'nights', expression: 'request.time.getHours("UTC") < 6' },
  },
]

describe('conditional bindings', () => {
  let s: Stage
  beforeAll(async () => {
    s = await stage()
  })
  beforeEach(() => {
    s.cloud.trouble = () => undefined
    s.cloud.meanwhile = () => undefined
    s.cloud.put(PROJECT, STANDING)
    s.waits.length = 0
  })
  const signal = new AbortController().signal
  const bindings = () => s.cloud.policies.get(PROJECT)?.bindings ?? []
  const ours = () => bindings().filter(({ condition }) => condition?.title.startsWith('gomeisa-grant-'))
  const writes = () => s.cloud.seen.filter(({ method }) => method === 'setIamPolicy').length
  const active = async (person?: string) => {
    const { id } = await s.give(person)
    const grant = await s.grants.step(id)
    expect(grant).toMatchObject({ state: 'active', trouble: undefined })
    return grant
  }
  const end = async (id: string) => {
    await s.grants.revoke(id, 'ops', 'done')
    return s.grants.step(id)
  }
  /** At the next write only. */
  const once = (act: () => void) => {
    s.cloud.meanwhile = () => {
      s.cloud.meanwhile = () => undefined
      act()
    }
  }

  it('stands beside what stood before, ends by itself, and leaves nothing behind', async () => {
    const grant = await active()
    const until = new Date(Math.floor(grant.deadline / 1000) * 1000).toISOString().replace('.000', '')
    expect(bindings()).toEqual([
      ...STANDING,
      {
        role: ROLE,
        members: [ANA],
        condition: {
          title: `gomeisa-grant-${grant.id}`,
          description: expect.any(String),
          expression: `request.time < timestamp("${until}")`,
        },
      },
    ])
    expect(s.cloud.policies.get(PROJECT)?.version).toBe(3)
    expect(await s.connector.observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: false })
    expect(await end(grant.id)).toMatchObject({ state: 'revoked', kept: undefined })
    expect(bindings()).toEqual(STANDING)
    // Twice is as good as once, and writes nothing.
    const before = writes()
    expect(await s.connector.revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
    expect(writes()).toBe(before)
  })

  it('an extension moves the end of the one binding, and one that is over is swept', async () => {
    const grant = await active()
    const deadline = grant.deadline + 30 * MINUTE
    await s.grants.extend(grant.id, deadline, 'ana@example.com')
    expect((await s.grants.step(grant.id)).state).toBe('active')
    expect(ours()).toHaveLength(1)
    expect(ours()[0]?.condition?.expression).toContain(new Date(deadline).toISOString().slice(0, 19))
    s.clock.advance(91 * MINUTE)
    expect((await s.grants.step(grant.id)).state).toBe('ended')
    expect(bindings()).toEqual(STANDING)
  })

  it('reads anew when others write at the same time, and loses nothing of theirs', async () => {
    const theirs: Binding = { role: 'roles/logging.viewer', members: ['user:cy@example.com'] }
    once(() => {
      s.cloud.put(PROJECT, [...bindings(), theirs])
    })
    const grant = await active()
    expect(s.waits).toEqual([150])
    expect(bindings()).toContainEqual(theirs)
    once(() => {
      s.cloud.put(PROJECT, [...bindings(), { ...theirs, role: 'roles/monitoring.viewer' }])
    })
    expect((await end(grant.id)).state).toBe('revoked')
    expect(bindings().map(({ role }) => role)).toContain('roles/monitoring.viewer')
    expect(ours()).toEqual([])
  })

  it('gives up for now when the policy never stands still, and goes on later', async () => {
    const grant = await active()
    s.cloud.trouble = (method) => (method === 'setIamPolicy' ? 409 : undefined)
    const still = await end(grant.id)
    expect(still).toMatchObject({ state: 'revoke-failing' })
    expect(still.trouble).toContain('ABORTED')
    expect(s.waits).toEqual([150, 300, 600, 1200, 2400])
    s.cloud.trouble = () => undefined
    s.clock.advance(10 * MINUTE)
    expect((await s.grants.step(grant.id)).state).toBe('revoked')
  })

  it('what Google refuses is no access, and its words are not kept', async () => {
    s.cloud.trouble = (method) => (method === 'setIamPolicy' ? 403 : undefined)
    const { id } = await s.give()
    const refused = await s.grants.step(id)
    s.cloud.trouble = () => undefined
    expect((await s.grants.step(id)).state).toBe('failed')
    expect(JSON.stringify(refused)).not.toContain('secret text')
    expect(bindings()).toEqual(STANDING)
  })

  it.each([429, 503, 'lost', 'deaf'] as const)(
    'after %s there is one binding, and none after it',
    async (how) => {
      s.cloud.trouble = (method) => (method === 'setIamPolicy' ? how : undefined)
      const { id } = await s.give()
      expect(await s.grants.step(id)).toMatchObject({ state: 'activating', failures: 1 })
      s.cloud.trouble = () => undefined
      s.clock.advance(5 * MINUTE)
      expect((await s.grants.step(id)).state).toBe('active')
      expect(ours()).toHaveLength(1)
      await end(id)
      s.clock.advance(10 * MINUTE)
      expect((await s.grants.step(id)).state).toBe('revoked')
      expect(bindings()).toEqual(STANDING)
    },
  )

  it('overlapping grants have a binding each, and one ends without the other', async () => {
    const [one, other] = [await active(), await active()]
    expect(ours()).toHaveLength(2)
    expect((await end(one.id)).state).toBe('revoked')
    expect(ours().map(({ condition }) => condition?.title)).toEqual([`gomeisa-grant-${other.id}`])
    await end(other.id)
  })

  it('kill removes at once; that of a person all of theirs, and nobody else’s', async () => {
    const [grant, second, bo] = [await active(), await active(), await active('bo@example.com')]
    await s.grants.kill({ grant: grant.id }, 'ops', 'laptop stolen')
    expect(await s.grants.step(grant.id)).toMatchObject({ state: 'revoked' })
    expect(ours()).toHaveLength(2)
    const person = { person: 'ana@example.com' }
    expect(await s.connector.kill(second.recipe, person, signal)).toEqual({ kind: 'done' })
    expect(ours().map(({ members }) => members)).toEqual([['user:bo@example.com']])
    expect((await s.connector.kill(bo.recipe, person, signal)).kind).toBe('refused')
    expect(bindings().slice(0, 2)).toEqual(STANDING)
  })

  it('sees what somebody did to it; unknown is not absent, and a project that is gone is', async () => {
    const grant = await active()
    const [mine] = ours()
    const look = () => s.connector.observe(grant.recipe, signal)
    const changed = (change: Partial<Binding>) => {
      s.cloud.put(PROJECT, [...STANDING, { ...mine!, ...change }])
    }
    const forever = { title: `gomeisa-grant-${grant.id}`, expression: 'true' }
    for (const change of [{ condition: forever }, { role: 'roles/a.b' }, { members: [ANA, 'allUsers'] }]) {
      changed(change)
      expect(await look()).toEqual({ kind: 'present', altered: true })
    }
    // What others put there is not the broker's to remove.
    expect(await s.connector.revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
    expect(ours().map(({ members }) => members)).toEqual([['allUsers']])
    s.cloud.trouble = () => 403
    expect((await look()).kind).toBe('unknown')
    s.cloud.trouble = () => undefined
    s.cloud.policies.delete(PROJECT)
    expect(await look()).toEqual({ kind: 'absent' })
    expect(await s.connector.revoke(grant.recipe, signal)).toEqual({ kind: 'done' })
  })

  it.each(['user:ANA@example.com', 'deleted:user:ana@example.com?uid=1234567890'])(
    'knows the person when Google writes %s',
    async (written) => {
      const grant = await active()
      s.cloud.put(PROJECT, [...STANDING, { ...ours()[0]!, members: [written] }])
      expect(await s.connector.observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: false })
      expect((await end(grant.id)).state).toBe('revoked')
      expect(bindings()).toEqual(STANDING)
    },
  )

  it('writes nothing over a policy without an etag, and guesses no principal', async () => {
    s.cloud.policies.set(PROJECT, { version: 1, bindings: STANDING })
    const before = writes()
    const { id } = await s.give()
    expect((await s.grants.step(id)).state).toBe('activating')
    expect(writes()).toBe(before)
    await expect(s.give('cy@example.com')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
