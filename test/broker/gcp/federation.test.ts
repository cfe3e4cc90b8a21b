import { generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT, decodeJwt } from 'jose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MintTerms } from '../../../broker/grants/connector.ts'
import type { Grant } from '../../../broker/grants/grant.ts'
import { ACCOUNT, federationStage, PROVIDER, type FederationStage } from './federation-stage.ts'
import { PROJECT } from './stage.ts'

const MINUTE = 60_000

describe('federation', () => {
  let s: FederationStage
  const signal = new AbortController().signal

  beforeAll(async () => {
    s = await federationStage()
  })
  beforeEach(() => {
    s.cloud.put(PROJECT, s.standing)
    s.cloud.put(ACCOUNT, [])
  })
  const connector = (name: string) => s.connectors.find((each) => each.name === name)

  const active = async (connector: string, entitlement: string, person = 'ana@example.com') => {
    const deadline = s.clock.now() + 30 * MINUTE
    const asked = { person, entitlement, connector, reason: 'test', by: person, deadline }
    const { id } = await s.grants.intend(asked)
    const grant = await s.grants.step(id)
    expect(grant).toMatchObject({ state: 'active', trouble: undefined })
    return grant
  }
  const direct = () => active('gcp-federated', 'objects')
  const lent = () => active('gcp-impersonation', 'lister')
  const mint = async (grant: Grant, more: Partial<MintTerms> = {}) => {
    const terms = { ...grant, grant: grant.id, device: 'd1', ...more }
    const { kind, secret, expiresAt } = await connector(grant.connector)!.mint!(grant.plan, terms, signal)
    expect(kind).toBe('gcp-federation')
    const { token = '', ...told } = secret as { readonly token?: string; readonly [name: string]: unknown }
    return { ...told, token, expiresAt }
  }
  const call = async (path: string, init: RequestInit) => {
    const answer = await fetch(`https://localhost:${s.cloud.port}${path}`, init)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const exchange = async (token: string | undefined, audience = `//iam.googleapis.com/${PROVIDER}`) => {
    const type = 'urn:ietf:params:oauth:token-type:'
    const form = { subject_token: token ?? '', subject_token_type: `${type}id_token`, audience }
    const rest = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', scope: 'cloud-platform' }
    const { body } = await call('/v1/token', {
      method: 'POST',
      body: new URLSearchParams({ ...form, ...rest }),
    })
    return (body['access_token'] ?? body['error']) as string
  }
  const objects = async (access: string) =>
    (await call('/storage/v1/b/shop-prod/o', { headers: { authorization: `Bearer ${access}` } })).status
  const taken = async (access: string) => {
    const headers = { authorization: `Bearer ${access}` }
    const body = JSON.stringify({ scope: ['cloud-platform'], lifetime: '600s' })
    const answer = await call(`/v1/${ACCOUNT}:generateAccessToken`, { method: 'POST', headers, body })
    return answer.status === 200 ? (answer.body['accessToken'] as string) : answer.status
  }
  const end = async (id: string) => {
    await s.grants.revoke(id, 'ops', 'done')
    return s.grants.step(id)
  }

  it('lets the subject of a grant use a role, and nobody when it is over', async () => {
    const grant = await direct()
    const minted = await mint(grant)
    const { token } = minted
    expect(minted).toMatchObject({
      audience: `//iam.googleapis.com/${PROVIDER}`,
      tokenUrl: `https://localhost:${s.cloud.port}/v1/token`,
      project: 'shop-prod',
    })
    expect(decodeJwt(token)).toMatchObject({ sub: `${grant.id}:ana@example.com`, device: 'd1' })
    const access = await exchange(token)
    expect(await objects(access)).toBe(200)
    expect(await end(grant.id)).toMatchObject({ state: 'revoked' })
    // What was exchanged before is worth nothing either.
    expect([await objects(access), await objects(await exchange(token))]).toEqual([403, 403])
    expect(s.cloud.policies.get(PROJECT)?.bindings).toEqual(s.standing)
  })

  it('ends without the broker, at the deadline', async () => {
    const grant = await direct()
    s.clock.advance(29 * MINUTE)
    const access = await exchange((await mint(grant)).token)
    expect(await objects(access)).toBe(200)
    s.clock.advance(MINUTE)
    expect(await objects(access)).toBe(403)
    await expect(mint(grant)).rejects.toMatchObject({ code: 'REFUSED' })
  })

  it('lends a service account until the end, and says that what was taken before lives on', async () => {
    const grant = await lent()
    const minted = await mint(grant)
    expect(minted).toMatchObject({
      impersonationUrl: expect.stringMatching(/serviceAccounts\/lister@.*:generateAccessToken$/),
      lifetimeSeconds: 600,
    })
    const access = await exchange(minted.token)
    const before = await taken(access)
    expect(await objects(String(before))).toBe(200)
    expect(await end(grant.id)).toMatchObject({ state: 'revoked' })
    expect(await taken(access)).toBe(403)
    expect(await objects(String(before))).toBe(200)
    expect(connector('gcp-impersonation')?.traits.revoke).toMatchObject({
      worst: 4_020_000,
      residual: 'until token expiry',
    })
    expect(s.cloud.policies.get(ACCOUNT)?.bindings).toEqual([])
  })

  it('is nothing for the subject of another grant, alive or killed', async () => {
    const [one, other] = [await direct(), await direct()]
    const access = await exchange((await mint(one)).token)
    await s.grants.kill({ grant: one.id }, 'ops', 'stolen')
    expect(await s.grants.step(one.id)).toMatchObject({ state: 'revoked' })
    expect(await objects(access)).toBe(403)
    expect(await objects(await exchange((await mint(other)).token))).toBe(200)
    // A role is no right to the account, and the account none to the role.
    expect(await taken(await exchange((await mint(other)).token))).toBe(403)
    expect(await objects(await exchange((await mint(await lent())).token))).toBe(403)
    await end(other.id)
  })

  it('believes no token that is bent, foreign, of another audience, or over', async () => {
    const grant = await direct()
    const { token } = await mint(grant)
    const claims = decodeJwt(token)
    const [head = '', body = '', signature = ''] = token.split('.')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const kid = s.keys.current().id
    const signed = (payload: object, key = s.keys.current().key) =>
      new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
    const bent = Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url')
    const wrong = [
      `${head}.${bent}.${signature}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      new UnsecuredJWT({ ...claims }).encode(),
      await signed(claims, privateKey),
      await signed({ ...claims, aud: `//iam.googleapis.com/${PROVIDER}x` }),
      await signed({ ...claims, iss: 'https://evil.example.com' }),
      await signed({ ...claims, exp: (claims.iat ?? 0) - 1 }),
      '',
    ]
    for (const each of wrong) expect(await exchange(each), each).toBe('invalid_grant')
    expect(await exchange(token, `//iam.googleapis.com/${PROVIDER}x`)).toBe('invalid_target')
    s.clock.advance(10 * MINUTE)
    expect(await exchange(token)).toBe('invalid_grant')
    await end(grant.id)
  })

  it('names people only where they fit into an identifier', async () => {
    const plain = await active('gcp-federated', 'objects', 'Zoë O’Hara/../x')
    expect(decodeJwt((await mint(plain)).token).sub).toBe(plain.id)
    expect(plain.plan['member']).toMatch(new RegExp(`/subject/${plain.id}$`))
  })
})
