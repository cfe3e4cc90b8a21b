import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AgentHome } from '../../../broker/client/agent-home.ts'
import { Agent } from '../../../broker/client/agent.ts'
import { enrolDevice } from '../../../broker/client/enrol.ts'
import { credentialRoutes } from '../../../broker/credentials/credential-routes.ts'
import { tokenText } from '../../../broker/protocol/enrolment-token.ts'
import {
  APPLICATION,
  federationStage,
  SUBSCRIPTION,
  type FederationStage,
} from '../../broker/azure/federation-stage.ts'
import { ledgerFile } from '../../broker/grants-world.ts'
import { running, until } from '../../broker/running.ts'
import { temporaryFolder } from '../command.ts'
import { AZ, hasAz, HOW_TO_GET_AZ, LISTING, person } from './person.ts'

const there = hasAz()

describe('a grant in the tools of Azure', { timeout: 60_000 }, () => {
  let s: FederationStage
  let room: ReturnType<FederationStage['broker']>
  let agent: Agent
  let tools: ReturnType<typeof person>
  const folder = temporaryFolder()
  const home = new AgentHome(join(folder, 'agent'))
  const at = ['--home', home.folder]

  beforeAll(async () => {
    s = await federationStage()
    room = s.broker(ledgerFile(), undefined, [s.connector, ...s.connectors])
    const routes = credentialRoutes({
      ledger: room.ledger,
      connectors: [s.connector, ...s.connectors],
      now: () => s.clock.now(),
      deviceOf: () => Promise.resolve(home.read().device),
      decide: () => Promise.resolve({ allow: true }),
    })
    const w = await running({ routes: [routes] })
    const token = tokenText({ secret: w.leave(), authority: w.authority.fingerprint })
    const broker = `https://localhost:${w.broker.ports.enrolment}`
    await enrolDevice({ home, broker, token, place: { kind: 'software' }, now: Date.now })
    agent = new Agent({ home, now: Date.now })
    await agent.start()
    await until(() => agent.status().link.kind === 'up', 15_000)
    const authority = join(folder, 'cloud.pem')
    writeFileSync(authority, s.certificate)
    const groups = `${s.endpoint}/subscriptions/${SUBSCRIPTION}/resourcegroups?api-version=2021-04-01`
    const trust = { NODE_EXTRA_CA_CERTS: authority, REQUESTS_CA_BUNDLE: authority }
    const own = { AZURE_CLIENT_SECRET: 'a secret of the person', AZURE_CLIENT_ID: 'an id of the person' }
    tools = person({
      HOME: folder,
      AZURE_CONFIG_DIR: join(folder, 'azure'),
      GROUPS: groups,
      ...trust,
      ...own,
    })
  }, 60_000)
  afterAll(() => agent.stop())

  async function active(wish = s.wish()): Promise<string> {
    const { id } = await room.grants.intend(wish)
    expect((await room.grants.step(id)).state).toBe('active')
    return id
  }
  const exec = (grant: string, ...command: string[]) => tools.gomeisa('exec', ...at, grant, '--', ...command)
  const minted = async () =>
    (await room.ledger.auditRecords(1, 10_000)).filter(({ event }) => event === 'grant.credentials-given')
      .length

  test("Microsoft's library takes the grant's tokens, for several processes minted once, until it ends", async () => {
    const [grant, before] = [await active(), await minted()]
    const both = await Promise.all([exec(grant, ...LISTING), exec(grant, ...LISTING)])
    for (const ran of both)
      expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '200 shop true\n200 shop true\n' })
    expect(await minted()).toBe(before + 1)
    await room.grants.kill({ grant }, 'ops', 'laptop stolen')
    const refused = await exec(grant, ...LISTING)
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toContain('the grant is not active but revoking')
  })

  test('a token as a managed identity gives it, for what the grant has, and for nothing else', async () => {
    const grant = await active()
    const token = await tools.gomeisa('azure', 'token', grant, ...at)
    const said = JSON.parse(token.stdout) as Record<string, unknown>
    expect(said).toMatchObject({ token_type: 'Bearer', resource: 'https://management.azure.com' })
    expect(s.entra.given.get(String(said['access_token']))).toBe('https://management.azure.com')
    expect(Number(said['expires_on'])).toBeGreaterThan(Date.now() / 1000)
    const other = await tools.gomeisa(
      'azure',
      'token',
      grant,
      '--resource',
      'https://storage.azure.com',
      ...at,
    )
    expect(other).toMatchObject({ status: 2, stdout: '' })
    expect(other.stderr).toContain('https://vault.azure.net')
    const setup = await tools.gomeisa('setup', 'azure', grant, ...at)
    expect(setup.status).toBe(2)
    expect(setup.stderr).toContain(`gomeisa exec ${grant} -- az`)
  })

  test('a grant without credentials is said, and the person’s own login is used', async () => {
    const grant = await active(s.wishFor('plain'))
    const ran = await exec(grant, 'sh', '-c', 'echo "${IDENTITY_ENDPOINT:-none} $AZURE_CLIENT_SECRET"')
    expect(ran).toMatchObject({ status: 0, stdout: 'none a secret of the person\n' })
    expect(ran.stderr).toContain('your own login of the cloud has the access')
    const token = await tools.gomeisa('azure', 'token', grant, ...at)
    expect(token).toMatchObject({ status: 2, stdout: '' })
    expect(token.stderr).toContain('your own login')
  })

  test.skipIf(!there)(`az itself${there ? '' : `: ${HOW_TO_GET_AZ}`}`, async () => {
    const grant = await active()
    const query = ['--query', 'value[].name', '-o', 'tsv', '--resource', 'https://management.azure.com']
    const groups = `${s.endpoint}/subscriptions/${SUBSCRIPTION}/resourcegroups?api-version=2021-04-01`
    const listed = await exec(grant, AZ, 'rest', '--url', groups, ...query)
    expect(listed).toMatchObject({ status: 0, stdout: 'shop\n' })
    const vault = ['--resource', 'https://vault.azure.net', '-o', 'tsv']
    const about = ['--query', '[accessToken, subscription, tenant]']
    const token = await exec(grant, AZ, 'account', 'get-access-token', ...vault, ...about)
    const [given = '', ...whose] = token.stdout.trim().split('\n')
    expect(s.entra.given.get(given)).toBe('https://vault.azure.net')
    expect(whose).toEqual([SUBSCRIPTION, APPLICATION.tenant])
    const storage = await exec(
      grant,
      AZ,
      'account',
      'get-access-token',
      '--resource',
      'https://storage.azure.com',
    )
    expect(storage.status).not.toBe(0)
    expect(storage.stderr).toContain('the grant gives no token for this resource')
  })
})
