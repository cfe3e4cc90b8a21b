import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LASTS } from '../../fakes/azure/directory.ts'
import { CrashAt } from '../crashing.ts'
import { ledgerFile } from '../grants-world.ts'
import { federationStage, ISSUER, type FederationStage } from './federation-stage.ts'

const MINUTE = 60_000
const signal = new AbortController().signal

describe('an application that believes the broker', () => {
  let s: FederationStage
  let entra: FederationStage['entra']
  let connector: FederationStage['connector']
  let keys: FederationStage['keys']
  let grants: FederationStage['grants']
  beforeAll(async () => {
    s = await federationStage()
    ;({ entra, connector, keys } = s)
  })
  beforeEach(() => {
    entra.trouble = () => undefined
    entra.credentials.clear()
    grants = s.broker(ledgerFile(), undefined, [connector]).grants
  })
  const wish = () => s.wish()
  const active = async () => {
    const { id } = await grants.intend(wish())
    const grant = await grants.step(id)
    expect(grant).toMatchObject({ state: 'active', trouble: undefined })
    return grant
  }
  const mint = ({ plan, ...grant }: Awaited<ReturnType<typeof active>>) =>
    connector.mint(plan, { ...grant, grant: grant.id, device: 'laptop' }, signal)
  const end = async (id: string) => {
    await grants.revoke(id, 'ops', 'done')
    return grants.step(id)
  }

  it('gives tokens for its resources and its grant, and none after it', async () => {
    const grant = await active()
    expect([...entra.credentials.values()]).toMatchObject([
      { issuer: ISSUER, subject: `grant:${grant.id}`, audiences: ['api://AzureADTokenExchange'] },
    ])
    const minted = await mint(grant)
    const tokens = minted.secret['tokens'] as { token: string; resource: string }[]
    expect(tokens.map(({ token, resource }) => entra.given.get(token) === resource)).toEqual([true, true])
    expect(minted).toMatchObject({ kind: 'azure-federated', expiresAt: s.clock.now() + LASTS })
    expect(JSON.stringify(minted)).not.toContain('eyJ')
    expect(await end(grant.id)).toMatchObject({ state: 'revoked', kept: undefined })
    expect(entra.credentials.size).toBe(0)
    const refused = await mint(grant).catch((error: unknown) => error as Error)
    expect(refused).toMatchObject({
      code: 'CLOUD_UNUSABLE',
      message: 'Entra gives no access token: AADSTS700213',
    })
  })

  it('one grant’s token is of no use for another, nor a token of an old key', async () => {
    const [one, other] = [await active(), await active()]
    await end(one.id)
    await expect(mint(one)).rejects.toThrow('AADSTS700213')
    expect((await mint(other)).kind).toBe('azure-federated')
    const published = keys.jwks()
    const before = keys.jwks.bind(keys)
    keys.jwks = () => published
    keys.replaceAll()
    await expect(mint(other)).rejects.toThrow('AADSTS700024')
    keys.jwks = before
    expect((await mint(other)).kind).toBe('azure-federated')
    await end(other.id)
  })

  it('says what it cannot: kill ahead of the removal, and what is not known', async () => {
    const grant = await active()
    expect(await connector.kill()).toMatchObject({ kind: 'refused' })
    entra.trouble = () => 403
    expect((await connector.observe(grant.recipe, signal)).kind).toBe('unknown')
    expect(await end(grant.id)).toMatchObject({ state: 'revoke-failing' })
    entra.trouble = () => undefined
    const elsewhere = { ...grant.recipe, client: '40000000-0000-4000-8000-000000000000' }
    expect((await connector.observe(elsewhere, signal)).kind).toBe('unknown')
    const [mine] = [...entra.credentials.values()]
    entra.credentials.set(mine!.name, { ...mine!, subject: 'somebody' })
    expect(await connector.observe(grant.recipe, signal)).toEqual({ kind: 'present', altered: true })
    s.clock.advance(5 * MINUTE)
    expect((await grants.step(grant.id)).state).toBe('revoked')
  })

  it('an application that has all the credentials it can have refuses the grant', async () => {
    for (let i = 0; i < 20; i++) {
      const name = `other-${i}`
      entra.credentials.set(name, { name, issuer: ISSUER, subject: name, audiences: [] })
    }
    const { id } = await grants.intend(wish())
    expect(await grants.step(id)).toMatchObject({ state: 'failed' })
    expect(entra.credentials.size).toBe(20)
  })

  it('ended at any point, the next broker removes what was made', async () => {
    let points = 0
    for (let at = 1; ; at++) {
      const file = ledgerFile()
      const crash = new CrashAt(at)
      const first = s.broker(file, crash, [connector])
      const story = async () => {
        const { id } = await first.grants.intend(wish())
        await first.grants.step(id)
        await first.grants.revoke(id, 'ops', 'done')
        await first.grants.step(id)
      }
      await story().catch(() => undefined)
      await first.close()
      const last = s.broker(file, undefined, [connector])
      for (let i = 0; i < 5; i++) {
        s.clock.advance(20 * MINUTE)
        await last.grants.tick()
        expect(entra.credentials.size).toBeLessThanOrEqual(1)
      }
      await last.close()
      expect(entra.credentials.size).toBe(0)
      points++
      if (!crash.crashed) break
    }
    expect(points).toBeGreaterThan(12)
  })
})
