import { describe, expect, it } from 'vitest'
import { CredentialDesk, type DeskAnswer } from '../../broker/client/credential-desk.ts'

const MINUTE = 60_000

/** A broker that mints sessions of `life` milliseconds, and counts. */
function stage(life: number) {
  const s = { now: 0, life, minted: 0, checked: 0, allowed: true, slow: Promise.resolve<unknown>(undefined) }
  const refused: DeskAnswer = { status: 403, body: { detail: 'no' } }
  const desk = new CredentialDesk(
    async (path) => {
      await s.slow
      if (path.endsWith('/check')) s.checked++
      else if (s.allowed) s.minted++
      if (!s.allowed) return refused
      return { status: 200, body: { kind: 'k', secret: { n: s.minted }, expiresAt: s.now + s.life } }
    },
    () => s.now,
  )
  return Object.assign(s, { desk })
}

describe('credentials in the memory of the agent', () => {
  it('are minted once for ten uses, and each use is asked for', async () => {
    const s = stage(20 * MINUTE)
    for (let i = 0; i < 10; i++) expect((await s.desk.get('g')).status).toBe(200)
    expect([s.minted, s.checked]).toEqual([1, 9])
  })

  it('are minted once for a hundred processes at the same time', async () => {
    const s = stage(20 * MINUTE)
    const { promise, resolve } = Promise.withResolvers<undefined>()
    s.slow = promise
    const all = Array.from({ length: 100 }, () => s.desk.get('g'))
    resolve(undefined)
    expect(new Set((await Promise.all(all)).map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(s.minted).toBe(1)
  })

  it('are never those of another grant', async () => {
    const s = stage(20 * MINUTE)
    const [a, b] = [await s.desk.get('a'), await s.desk.get('b')]
    expect(a.body).not.toEqual(b.body)
    expect(s.minted).toBe(2)
  })

  it('are minted anew when clients begin to refresh', async () => {
    const s = stage(20 * MINUTE)
    await s.desk.get('g')
    s.now = 3 * MINUTE
    await s.desk.get('g')
    expect(s.minted).toBe(1)
    s.now = 4 * MINUTE + 1
    await s.desk.get('g')
    expect(s.minted).toBe(2)
  })

  it('that the cloud makes no longer are used until they end', async () => {
    const s = stage(10 * MINUTE)
    await s.desk.get('g')
    s.now = 8 * MINUTE
    await s.desk.get('g')
    expect(s.minted).toBe(1)
    s.now = 9 * MINUTE + 1
    await s.desk.get('g')
    expect(s.minted).toBe(2)
  })

  it('are not given out after the broker has said no, nor when it says nothing', async () => {
    const s = stage(20 * MINUTE)
    await s.desk.get('g')
    s.allowed = false
    expect((await s.desk.get('g')).status).toBe(403)
    s.allowed = true
    await s.desk.get('g')
    expect(s.minted).toBe(2)
    s.slow = Promise.reject(new Error('no link'))
    await expect(s.desk.get('g')).rejects.toThrow('no link')
  })
})
