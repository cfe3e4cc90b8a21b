import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askAgent } from '../../broker/client/ask-agent.ts'
import { inviteBreakGlass } from '../../broker/people/break-glass.ts'
import { chromiumPath } from '../browser/chromium.ts'
import { authenticator, confirmLogin, peopleStage, type PeopleStage } from './people-stage.ts'
import { STRONG } from '../fakes/identity-provider.ts'

const browserPath = chromiumPath()
if (browserPath === undefined) process.stdout.write('left out: people in a browser (set CHROMIUM)\n')

describe.skipIf(browserPath === undefined)('a login', () => {
  let s: PeopleStage
  beforeAll(async () => {
    s = await peopleStage(browserPath ?? '')
  }, 60_000)
  afterAll(() => s.close())
  beforeEach(() => {
    Object.assign(s.provider.next, { sub: 'ana', email: 'ana@example.com', emailVerified: true, acr: STRONG })
  })

  const cookieOf = async (page: Awaited<ReturnType<PeopleStage['person']>>['page']) =>
    (await page.context().cookies()).find((each) => each.name === 'gomeisa_session')?.value ?? ''
  const home = (origin: string, cookie: string) =>
    fetch(`${origin}/people/`, { headers: { cookie: `gomeisa_session=${cookie}` } })

  it('is through the provider, confirmed through the agent, and then good on this device', async () => {
    const { page } = await s.person()
    await s.signIn(page)
    await page.getByRole('heading', { name: 'Signed in as ana@example.com' }).waitFor()
    const cookie = await cookieOf(page)
    expect((await home(s.laptop.origin, cookie)).status).toBe(200)
    const session = s.people.session(cookie, s.laptop.device)
    expect(session).toMatchObject({ person: 'ana@example.com', login: 'provider', acr: STRONG })
    expect(s.people.evidence({ session, device: s.laptop.device }, { decision: 'x', request: {} })).toEqual({
      device: { id: s.laptop.device.id, level: 'software' },
      person: 'ana@example.com',
      login: { kind: 'provider', ageSeconds: expect.any(Number) as number, acr: STRONG },
    })
    expect(s.complaints).toEqual([])
    s.w.clock.now += 9 * 3_600_000
    expect(await (await home(s.laptop.origin, cookie)).text()).toContain('<h1>Sign in</h1>')
    s.w.clock.now -= 9 * 3_600_000
  })

  it('leaves a cookie that is refused on another device, also of the same person, and without one', async () => {
    const { page } = await s.person()
    await s.signIn(page)
    const cookie = await cookieOf(page)
    const others = [
      await s.machine({ person: 'eve@example.com' }),
      await s.machine({ person: 'ana@example.com', name: 'second laptop' }),
    ]
    for (const { origin } of others) {
      const answer = await home(origin, cookie)
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('belongs to another device')
    }
    expect((await home(s.phoneOrigin, cookie)).status).toBe(404)
    expect((await home(s.laptop.origin, cookie)).status).toBe(200)
    s.store.endSessions({ hash: s.people.session(cookie, s.laptop.device).hash }, 'test', s.w.clock.now)
    expect(await (await home(s.laptop.origin, cookie)).text()).toContain('<h1>Sign in</h1>')
  })

  it('is not confirmed by a code twice, late, on another device, or by the browser itself', async () => {
    const { page } = await s.person()
    const code = async () => {
      await page.goto(`${s.laptop.origin}/people/login`)
      return page.locator('.code').innerText()
    }
    const confirm = (at: PeopleStage['laptop'], text: string) =>
      askAgent(at.home, 'POST', '/v1/people/confirm', { code: text })
    const other = await s.machine({ person: 'ana@example.com', name: 'third laptop' })
    const stolen = await code()
    expect(await confirm(other, stolen)).toMatchObject({ body: { reason: 'session-elsewhere' } })
    // Any attempt spends it.
    expect(await confirm(s.laptop, stolen)).toMatchObject({ body: { reason: 'used-before' } })
    const late = await code()
    s.w.clock.now += 301_000
    expect(await confirm(s.laptop, late)).toMatchObject({ body: { reason: 'too-late' } })
    s.w.clock.now -= 301_000
    const byBrowser = await fetch(`${s.laptop.origin}/v1/people/confirm`, { method: 'POST', body: '{}' })
    expect(byBrowser.status).toBe(404)
    const hidden = await fetch(`${s.laptop.origin}/people/../v1/people/confirm`, {
      method: 'POST',
      body: '{}',
    })
    expect(hidden.status).toBe(404)
  })

  it('is not finished in another browser, nor by a second token that was used', async () => {
    const { page } = await s.person()
    await page.goto(`${s.laptop.origin}/people/login`)
    const code = await page.locator('.code').innerText()
    const { body } = await askAgent(s.laptop.home, 'POST', '/v1/people/confirm', { code })
    const { open } = body as { open: string }
    const thief = await s.person()
    expect((await thief.page.goto(open))?.status()).toBe(403)
    expect(await thief.page.textContent('main')).toContain('begun in another browser')
    expect((await page.goto(open))?.status()).toBe(403)
    expect(await cookieOf(page)).toBe('')
  })

  it('is refused for another person, a weaker context, an address that nobody verified, another subject', async () => {
    const { page } = await s.person()
    await s.signIn(page)
    const wrong = [
      [{ sub: 'eve', email: 'eve@example.com' }, 'another person'],
      [{ acr: undefined }, 'did not'],
      [{ emailVerified: false }, 'has not verified'],
      [{ sub: 'another-ana' }, 'somebody else at the provider'],
    ] as const
    for (const [change, says] of wrong) {
      const fresh = await s.person()
      Object.assign(s.provider.next, {
        sub: 'ana',
        email: 'ana@example.com',
        emailVerified: true,
        acr: STRONG,
        ...change,
      })
      const answer = await fresh.page.goto(`${s.laptop.origin}/people/login`)
      expect(answer?.status()).toBe(403)
      expect(await fresh.page.textContent('main')).toContain(says)
    }
    const forged = await page.goto(`${s.laptop.origin}/people/callback?code=x&state=y`)
    expect(forged?.status()).toBe(403)
  })

  it('ends when the provider says so, and not when somebody else does', async () => {
    const { page } = await s.person()
    await s.signIn(page)
    const cookie = await cookieOf(page)
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = {
      iss: s.provider.issuer,
      sub: 'ana',
      aud: 'gomeisa',
      iat: Math.floor(Date.now() / 1000),
      jti: 'x',
    }
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    for (const token of ['', 'a.b.c', `${part({ alg: 'none' })}.${part({ ...claims, events })}.`]) {
      const body = new URLSearchParams({ logout_token: token })
      const answer = await fetch(`${s.phoneOrigin}/backchannel-logout`, { method: 'POST', body })
      expect(answer.status).toBe(401)
    }
    expect(await (await home(s.laptop.origin, cookie)).text()).toContain('Signed in as')
    await page.goto(s.provider.endSession)
    await page.getByRole('button', { name: /yes, sign me out/i }).click()
    await expect.poll(async () => (await home(s.laptop.origin, cookie)).text()).toContain('<h1>Sign in</h1>')
  })

  it('of a break-glass administrator is by passkey only, and confirmed like any other', async () => {
    const now = s.w.clock.now
    s.store.addPerson({ name: 'ana@example.com', kind: 'member', subject: undefined, addedAt: now }, 'op')
    const leave = inviteBreakGlass(s.store, 'root@example.com', { by: 'op', at: now }, now + 3_600_000)
    expect(() => inviteBreakGlass(s.store, 'ana@example.com', { by: 'op', at: now }, now + 1)).toThrow(
      'identity provider',
    )
    const machine = s.laptop
    // Pages are made for the laptop's port: the administrator enrols the same machine under another name.
    await machine.agent.stop()
    const port = Number(new URL(machine.origin).port)
    const safe = await s.machine({ person: 'root@example.com', name: 'safe', port })
    Object.assign(s.provider.next, { sub: 'root', email: 'root@example.com' })
    const { page } = await s.person()
    const byProvider = await page.goto(`${safe.origin}/people/login`)
    expect(await byProvider?.text()).toContain('by passkey only')
    await authenticator(page)

    await page.goto(`${safe.origin}/people/passkey?leave=${leave}`)
    await page.getByRole('button', { name: 'Make the passkey' }).click()
    await page.getByRole('button', { name: 'Use my passkey' }).click()
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    await confirmLogin(page, safe)
    await page.getByRole('heading', { name: 'Signed in as root@example.com' }).waitFor()
    expect(s.people.session(await cookieOf(page), safe.device)).toMatchObject({ login: 'break-glass' })
    expect((await page.goto(`${safe.origin}/people/passkey?leave=${leave}`))?.status()).toBe(403)
  })
})
