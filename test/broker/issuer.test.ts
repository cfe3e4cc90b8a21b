import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { MintTerms } from '../../broker/grants/connector.ts'
import { issuerUrl } from '../../broker/issuer/id-tokens.ts'
import { openIssuer } from '../../broker/issuer/open-issuer.ts'
import { LONGEST_TOKEN, SigningKeys } from '../../broker/issuer/signing-keys.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ISSUER = 'https://broker.example.com'
const AUDIENCE = '//cloud.example.com/pools/people/providers/broker'
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function stage() {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-issuer-'))
  folders.push(folder)
  const clock = { now: Date.UTC(2026, 10, 23) }
  const keys = new SigningKeys(join(folder, 'issuer'), () => clock.now)
  const { tokens, pages } = openIssuer({ keys, issuer: `${ISSUER}/`, now: () => clock.now })
  const terms = (more: Partial<MintTerms> = {}): MintTerms => ({
    ...{ grant: 'g1', person: 'ana@example.com', entitlement: 'objects', device: 'd1' },
    ...{ startsAt: clock.now, deadline: clock.now + HOUR },
    ...more,
  })
  const mint = (more: Partial<MintTerms> = {}) =>
    tokens.mint({ audience: AUDIENCE, subject: 'grant:g1', terms: terms(more) })
  /** As a cloud does it: the published keys, and its own clock. */
  const believed = (token: string, keySet = keys.jwks(), at = clock.now) =>
    jwtVerify(token, createLocalJWKSet(keySet as unknown as JSONWebKeySet), {
      ...{ algorithms: ['RS256'], issuer: ISSUER, audience: AUDIENCE, currentDate: new Date(at) },
    })
  return { folder: join(folder, 'issuer'), clock, keys, pages, mint, believed }
}

describe('the broker as an issuer', () => {
  it('says who it is, for ten minutes, by a key that others find', async () => {
    const s = stage()
    const { token, expiresAt } = await s.mint()
    const { payload, protectedHeader } = await s.believed(token)
    const [iat, exp] = [s.clock.now / 1000, (s.clock.now + LONGEST_TOKEN) / 1000]
    expect(payload).toEqual({
      ...{ iss: ISSUER, sub: 'grant:g1', aud: AUDIENCE, iat, exp, jti: expect.any(String) },
      ...{ person: 'ana@example.com', grant: 'g1', entitlement: 'objects', device: 'd1' },
    })
    expect(expiresAt).toBe(exp * 1000)
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: s.keys.current().id })
    expect((await s.mint()).token).not.toBe(token)
    await expect(s.believed(token, s.keys.jwks(), expiresAt + 1)).rejects.toThrow()
    await expect(s.believed(token, stage().keys.jwks())).rejects.toThrow()
  })

  it('never speaks for longer than the grant lasts, nor at its very end', async () => {
    const s = stage()
    const { expiresAt } = await s.mint({ deadline: s.clock.now + 90_500 })
    expect(expiresAt).toBe(s.clock.now + 90_000)
    for (const left of [999, 0, -HOUR])
      await expect(s.mint({ deadline: s.clock.now + left })).rejects.toMatchObject({ code: 'REFUSED' })
  })

  it('publishes a key before it signs, and until its last token is over', async () => {
    const s = stage()
    const [first] = s.keys.published()
    const next = s.keys.rotate(s.clock.now + HOUR)
    const ids = () => s.keys.published().map(({ id }) => id)
    expect([s.keys.current().id, ids()]).toEqual([first!.id, [first!.id, next.id]])
    s.clock.now += HOUR - 1
    const { token: last } = await s.mint({ deadline: s.clock.now + HOUR })
    s.clock.now += 1
    expect(s.keys.current().id).toBe(next.id)
    // Another process that looks into the folder sees the same.
    expect(new SigningKeys(s.folder, () => s.clock.now).current().id).toBe(next.id)
    s.clock.now += LONGEST_TOKEN - 2_000
    await expect(s.believed(last)).resolves.toBeDefined()
    s.clock.now += 10 * MINUTE
    expect(ids()).toEqual([next.id])
    s.keys.rotate(s.clock.now + HOUR)
    expect(readdirSync(s.folder)).toHaveLength(2)
  })

  it('drops a key that became known, and its tokens with it', async () => {
    const s = stage()
    const { token } = await s.mint()
    const running = new SigningKeys(s.folder, () => s.clock.now)
    expect(running.published()).toHaveLength(1)
    s.keys.replaceAll()
    expect(running.published().map(({ id }) => id)).toEqual([s.keys.current().id])
    await expect(s.believed(token)).rejects.toThrow()
  })

  it('keeps its keys to itself, and refuses one that others may read', () => {
    const s = stage()
    const file = join(s.folder, '0.pem')
    expect([statSync(file).mode & 0o777, statSync(s.folder).mode & 0o777]).toEqual([0o600, 0o700])
    expect(JSON.stringify(s.keys.jwks())).not.toContain('"d"')
    chmodSync(file, 0o644)
    expect(() => new SigningKeys(s.folder, () => 0).current()).toThrow('others may read the key')
  })

  it('shows two pages under its own host, which anybody may keep for a while', async () => {
    const s = stage()
    const page = (path: string, host = 'broker.example.com', method = 'GET') =>
      s.pages(new Request(`http://127.0.0.1${path}`, { method, headers: { host } }))
    const found = page('/.well-known/openid-configuration')
    expect(found?.headers.get('cache-control')).toBe('public, max-age=300')
    const said = (await found?.json()) as Record<string, string>
    expect(said).toMatchObject({ issuer: ISSUER, id_token_signing_alg_values_supported: ['RS256'] })
    const keys = page(new URL(said['jwks_uri'] ?? '').pathname)
    expect(await keys?.json()).toEqual(s.keys.jwks())
    expect(page('/.well-known/jwks.json', 'evil.example.com')).toBeUndefined()
    expect(page('/.well-known/jwks.json', 'broker.example.com', 'POST')).toBeUndefined()
    expect(page('/phone/done')).toBeUndefined()
  })

  it.each(['http://broker.example.com', 'https://broker.example.com/a', 'https://u@b.example.com', 'broker'])(
    'is not called %s',
    (text) => expect(() => issuerUrl(text)).toThrow(/cannot be the address of an issuer/),
  )
})
