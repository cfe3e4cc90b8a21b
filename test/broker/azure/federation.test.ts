import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FederatedCredentials } from '../../../broker/connectors/azure/federated-credentials.ts'
import { Federation } from '../../../broker/connectors/azure/federation.ts'
import { TokenExchange } from '../../../broker/connectors/azure/token-exchange.ts'
import { openIssuer } from '../../../broker/issuer/open-issuer.ts'
import { SigningKeys } from '../../../broker/issuer/signing-keys.ts'
import { directory, LASTS } from '../../fakes/azure/directory.ts'
import { CrashAt } from '../crashing.ts'
import { ledgerFile } from '../grants-world.ts'
import { stage, type Stage } from './stage.ts'

const MINUTE = 60_000
const ISSUER = 'https://broker.example.com'
const APPLICATION = {
  tenant: '10000000-0000-4000-8000-000000000000',
  client: '20000000-0000-4000-8000-000000000000',
  application: '30000000-0000-4000-8000-000000000000',
}
const RESOURCES = ['https://management.azure.com', 'https://vault.azure.net']
const signal = new AbortController().signal

describe('an application that believes the broker', () => {
  let s: Stage
  let entra: ReturnType<typeof directory>
  let connector: Federation
  let keys: SigningKeys
  let grants: Stage['grants']
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-issuer-'))
  const entitlement = { id: 'app', ...APPLICATION, resources: RESOURCES }

  beforeAll(async () => {
    s = await stage()
    const endpoint = `https://localhost:${s.cloud.port}`
    const now = () => s.clock.now()
    keys = new SigningKeys(join(folder, 'issuer'), now)
    const { tokens } = openIssuer({ keys, issuer: ISSUER, now })
    const credentials = new FederatedCredentials({ endpoint })
    const exchange = new TokenExchange({ endpoint }, now)
    entra = directory({ ...APPLICATION, jwks: () => keys.jwks(), now })
    s.cloud.also = entra.also
    connector = new Federation({ credentials, exchange, tokens }, [entitlement])
  })
  beforeEach(() => {
    entra.trouble = () => undefined
    entra.credentials.clear()
    grants = s.broker(ledgerFile(), undefined, [connector]).grants
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const wish = () => ({ ...s.wish('plain'), entitlement: 'app', connector: connector.name })
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
    const elsewhere = { ...grant.recipe, application: '40000000-0000-4000-8000-000000000000' }
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
