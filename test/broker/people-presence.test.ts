import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Question } from '../../broker/people/presence.ts'
import { verifyOffline } from '../../broker/people/offline.ts'
import { chromiumPath } from '../browser/chromium.ts'
import type { Page } from './driven-browser.ts'
import {
  authenticator,
  peopleStage,
  sent,
  signedBy,
  type Authenticator,
  type PeopleStage,
} from './people-stage.ts'
import { refusalOf } from './world.ts'

const browserPath = chromiumPath()
if (browserPath === undefined) process.stdout.write('left out: presence in a browser (set CHROMIUM)\n')

const PERSON = 'ana@example.com'
const shots = process.env['GOMEISA_SCREENSHOTS']

/** Pictures for whoever wants to look: `GOMEISA_SCREENSHOTS=FOLDER`. */
async function picture(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png`, fullPage: true })
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What people with disabilities would stumble over, and whether anything must be scrolled sideways. */
async function stumbles(page: Page): Promise<unknown> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) => [
    ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
    ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []),
  ])`)
}

describe.skipIf(browserPath === undefined)('presence', () => {
  let s: PeopleStage
  let page: Page
  let key: Authenticator
  beforeAll(async () => {
    s = await peopleStage(browserPath ?? '')
    const desk = await s.person({ phone: true })
    page = desk.page
    key = await authenticator(page)
    await page.goto(`${s.laptop.origin}/people/`)
    await picture(page, 'sign-in')
    await s.signIn(page)
    await page.getByRole('button', { name: 'Make the first passkey' }).click()
    await picture(page, 'make-passkey')
    await page.getByRole('button', { name: 'Make the passkey' }).click()
    await page.getByRole('heading', { name: 'Signed in as' }).waitFor()
    await picture(page, 'home')
  }, 90_000)
  afterAll(() => s.close())

  const request = { action: 'elevate', role: 'admin', account: '111122223333', minutes: 30 }
  const ask = (more: Partial<Question> = {}) =>
    s.people.presence.ask({
      ...{ person: PERSON, device: s.laptop.device, place: 'desk', decision: 'elevate 1', request },
      ...more,
    }).id
  const cookie = async () =>
    (await page.context().cookies()).find((each) => each.name === 'gomeisa_session')?.value ?? ''
  const evidence = async (decision = 'elevate 1', about: Question['request'] = request) => {
    const session = s.people.session(await cookie(), s.laptop.device)
    return s.people.evidence({ session, device: s.laptop.device }, { decision, request: about })
  }
  const open = (id: string) => page.goto(`${s.laptop.origin}/people/presence/${id}`)
  const desk = () => s.store.passkeys(PERSON).find((each) => each.place === 'desk')

  it('is shown for the exact request, becomes evidence, and verifies with standard cryptography alone', async () => {
    expect(desk()).toMatchObject({ custody: 'device-bound', backedUp: false, algorithm: -7 })
    await open(ask())
    expect(JSON.parse(await page.locator('pre').innerText())).toEqual(request)
    await picture(page, 'presence')
    expect(await stumbles(page)).toEqual([])
    await page.getByRole('button', { name: 'Agree' }).click()
    await page.getByRole('heading', { name: 'Done' }).waitFor()
    const { presence, phone } = await evidence()
    expect(presence).toMatchObject({ kind: 'pin-or-biometric', custody: 'device-bound' })
    expect(phone).toBeUndefined()
    const record = s.store.presence(presence?.record ?? '')!
    const expected = {
      request: '{"account":"111122223333","action":"elevate","minutes":30,"role":"admin"}',
      decision: 'elevate 1',
      spki: desk()!.spki.toString('base64url'),
      rpId: 'localhost',
      origin: s.laptop.origin,
    }
    expect(verifyOffline(record, expected)).toEqual({ holds: true })
    expect((await evidence('elevate 2')).presence).toBeUndefined()
    expect((await evidence('elevate 1', { ...request, minutes: 31 })).presence).toBeUndefined()
    s.w.clock.now += 301_000
    expect((await evidence()).presence).toBeUndefined()
    s.w.clock.now -= 301_000
    expect(s.complaints).toEqual([])
  })

  it('is refused when it is replayed, is for another request, is late, or is somebody else’s', async () => {
    const [one, other] = [ask(), ask({ request: { ...request, minutes: 600 } })]
    await open(one)
    const credential = await signedBy(page)
    const refused = async (id: string, body: object = { credential }) =>
      (await sent(page, `/people/presence/${id}`, body)).body['reason']
    expect(await refused(other)).toBe('presence-invalid')
    expect((await sent(page, `/people/presence/${one}`, { credential })).status).toBe(200)
    expect(await refused(one)).toBe('used-before')
    expect(await refused(ask())).toBe('presence-invalid')
    expect(await refused('invented')).toBe('session-unknown')
    expect(await refused(ask(), {})).toBe('malformed')
    const late = ask()
    await open(late)
    const signed = await signedBy(page)
    s.w.clock.now += 121_000
    expect(await refused(late, { credential: signed })).toBe('too-late')
    s.w.clock.now -= 121_000
    const eve = { ...s.laptop.device, id: 'another device' }
    expect(await refused(ask({ device: eve }))).toBe('person-other')
    expect((await open(ask({ device: eve })))?.status()).toBe(403)
  })

  it('is refused from another site’s page, and from a program without a browser', async () => {
    const id = ask()
    await open(id)
    const body = JSON.stringify({ credential: await signedBy(page) })
    const headers = { cookie: `gomeisa_session=${await cookie()}`, 'content-type': 'application/json' }
    for (const origin of ['http://localhost:1', undefined]) {
      const answer = await fetch(`${s.laptop.origin}/people/presence/${id}`, {
        method: 'POST',
        headers: { ...headers, ...(origin !== undefined && { origin }) },
        body,
      })
      expect(await answer.json()).toMatchObject({ reason: 'origin-foreign' })
    }
    const rebound = await fetch(s.laptop.origin.replace('localhost', '127.0.0.1') + '/people/', { headers })
    expect(rebound.status).toBe(404)
  })

  it('is refused without the PIN or biometric that was asked for, and called a touch where that is enough', async () => {
    await key.session.send('WebAuthn.setUserVerified', { authenticatorId: key.id, isUserVerified: false })
    const [strict, loose] = [ask(), ask({ decision: 'look 1', least: 'touch' })]
    await open(strict)
    const credential = await signedBy(page, { userVerification: 'discouraged' })
    const answer = await sent(page, `/people/presence/${strict}`, { credential })
    expect(answer.body['reason']).toBe('verification-missing')
    await open(loose)
    await page.getByRole('button', { name: 'Agree' }).click()
    await page.getByRole('heading', { name: 'Done' }).waitFor()
    expect((await evidence('look 1')).presence).toMatchObject({ kind: 'touch' })
    const leave = s.people.leaves.give(PERSON, 'desk')
    const { page: other } = await s.person()
    await authenticator(other, { hasUserVerification: false, isUserVerified: false })
    await other.goto(`${s.laptop.origin}/people/passkey?leave=${leave}`)
    const made = await signedBy(other, { authenticatorSelection: { userVerification: 'discouraged' } })
    const added = await sent(other, `/people/passkey/${leave}`, { credential: made })
    expect(added.body['reason']).toBe('verification-missing')
    expect(s.store.passkeys(PERSON)).toHaveLength(1)
    await key.session.send('WebAuthn.setUserVerified', { authenticatorId: key.id, isUserVerified: true })
  })

  it('on a phone shows the exact request there; a typed number is recorded for what it is', async () => {
    await page.goto(`${s.laptop.origin}/people/`)
    await page.getByRole('button', { name: 'Invite a phone' }).click()
    await page.getByRole('button', { name: 'Agree' }).click()
    await page.getByRole('heading', { name: 'Invite a phone' }).waitFor()
    await picture(page, 'invite')
    const leave = page.url().split('/').at(-1) ?? ''
    const { page: phone } = await s.person({ phone: true })
    await authenticator(phone, { defaultBackupEligibility: true, defaultBackupState: true })
    await phone.goto(`${s.phoneOrigin}/phone/join/${leave}`)
    await phone.getByRole('button', { name: 'Make a passkey on this phone' }).click()
    await phone.getByRole('heading', { name: 'Done' }).waitFor()
    const made = s.store.passkeys(PERSON).find((each) => each.place === 'phone')
    expect(made).toMatchObject({ custody: 'synced', backedUp: true })
    expect((await phone.goto(`${s.phoneOrigin}/phone/join/${leave}`))?.status()).toBe(403)

    const id = ask({ place: 'phone' })
    await page.goto(`${s.laptop.origin}/people/phone/${id}`)
    await picture(page, 'desk-for-phone')
    const code = await page.locator('.code').innerText()
    await phone.goto(`${s.phoneOrigin}/phone/presence/${id}`)
    expect(JSON.parse(await phone.locator('pre').innerText())).toEqual(request)
    await picture(phone, 'phone')
    expect(await stumbles(phone)).toEqual([])
    // A wrong number does not spend the question; the desk's page cannot answer for the phone.
    const credential = await signedBy(phone)
    const wrong = await sent(phone, `/phone/presence/${id}`, {
      credential,
      code: code === '000000' ? '1' : '000000',
    })
    expect(wrong.body['reason']).toBe('presence-invalid')
    await phone.getByLabel('Number on the other screen').fill(code)
    await phone.getByRole('button', { name: 'Agree' }).click()
    await phone.getByRole('heading', { name: 'Done' }).waitFor()
    const shown = await evidence()
    expect(shown.phone).toMatchObject({ kind: 'pin-or-biometric', custody: 'synced' })
    expect(shown.proximity).toMatchObject({ kind: 'typed-code' })
    expect(shown.proximity?.doesNotProve).toContain('near')

    const bare = ask({ place: 'phone', decision: 'elevate 9' })
    await phone.goto(`${s.phoneOrigin}/phone/presence/${bare}`)
    await phone.getByRole('button', { name: 'Agree' }).click()
    await phone.getByRole('heading', { name: 'Done' }).waitFor()
    expect(await evidence('elevate 9')).toMatchObject({ phone: {} })
    expect((await evidence('elevate 9')).proximity).toBeUndefined()
    const guessed = ask({ place: 'phone' })
    for (const typed of ['x', '', '12345678']) {
      expect(() => s.people.proximity.check(guessed, typed)).toThrow('not the one')
    }
    const right = s.people.proximity.code(guessed)
    expect(() => s.people.proximity.check(guessed, right)).toThrow('too often')
    expect(s.complaints).toEqual([])
  })

  it('with a copied passkey is refused, and the passkey is no good from then on', async () => {
    const { credentials } = (await key.session.send('WebAuthn.getCredentials', {
      authenticatorId: key.id,
    })) as { credentials: { credentialId: string; signCount: number }[] }
    const [original] = credentials
    expect(original?.signCount).toBeGreaterThan(1)
    await key.session.send('WebAuthn.clearCredentials', { authenticatorId: key.id })
    const copy = { authenticatorId: key.id, credential: { ...original, signCount: 0 } }
    await key.session.send('WebAuthn.addCredential', copy)
    const id = ask()
    await open(id)
    const credential = await signedBy(page)
    expect((await sent(page, `/people/presence/${id}`, { credential })).body['reason']).toBe('counter-back')
    expect(desk()?.revokedBecause).toContain('may be a copy')
    const again = ask()
    const answer = () => s.people.presence.answer(again, credential as never, () => true)
    expect(await refusalOf(answer)).toBe('passkey-unknown')
    // What was shown with it before is no evidence any more.
    expect((await evidence()).presence).toBeUndefined()
  })

  // The last one: the lock also closes the laptop's link.
  it('of a locked person is refused on the phone too', async () => {
    const id = ask({ place: 'phone' })
    s.w.store.addLock({
      ...{ id: 'l', target: { kind: 'person', id: PERSON }, reason: 'gone', by: 'op', at: s.w.clock.now },
      ...{ until: undefined, liftedAt: undefined, liftedBy: undefined },
    })
    const answer = await fetch(`${s.phoneOrigin}/phone/presence/${id}`)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('locked')
    s.w.store.liftLock('l', { by: 'op', at: s.w.clock.now })
    expect((await fetch(`${s.phoneOrigin}/phone/presence/${id}`)).status).toBe(200)
  })
})
