import { CreateRoleCommand, GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConnectors } from '../../../app/broker/connectors/connector-file.ts'
import { openRequestRoom, type RequestRoom } from '../../../app/broker/request-rooms.ts'
import { Agent } from '../../../broker/client/agent.ts'
import kill from '../../../docs/schema/kill.json' with { type: 'json' }
import { chromiumPath } from '../../browser/chromium.ts'
import type { Page } from '../../broker/driven-browser.ts'
import { authenticator, peopleStage, type Machine, type PeopleStage } from '../../broker/people-stage.ts'
import { until } from '../../broker/running.ts'
import { hasSoftwareTpm, Manufacturer, tpmProvider, type SoftwareTpm } from '../../broker/software-tpm.ts'
import { hasMoto, HOW_TO_GET_MOTO, startMoto, type Server } from '../../fakes/aws/moto.ts'
import { LAUNCHER, plainEnvironment, temporaryFolder, type Ran } from '../command.ts'
import { ACCESS } from './through.ts'

const AWS = process.env['GOMEISA_AWS'] ?? 'aws'
const browserPath = chromiumPath()
const lacking = [
  hasMoto() ? undefined : HOW_TO_GET_MOTO,
  spawnSync(AWS, ['--version']).status === 0
    ? undefined
    : 'skipped: no AWS CLI (pip install awscli, GOMEISA_AWS)',
  browserPath === undefined ? 'skipped: no Chromium (set CHROMIUM)' : undefined,
  hasSoftwareTpm() && tpmProvider() !== undefined ? undefined : 'skipped: no software TPM',
].find((each) => each !== undefined)

const [ANA, BO] = ['ana@example.com', 'bo@example.com']
const ROLE = 'arn:aws:iam::123456789012:role/reader'
const POLICIES = `
@id("two") permit (principal, action == Gomeisa::Action::"activate", resource)
when { principal in resource.eligible && context.evidence.device >= 3 && context.evidence.presence >= 2 &&
  context.evidence.approvals >= 1 };
@id("owner") permit (principal, action == Gomeisa::Action::"approve", resource)
when { principal in resource.owners && context.evidence.device >= 1 && context.evidence.presence >= 2 };
@id("self") forbid (principal, action == Gomeisa::Action::"approve", resource)
when { principal == context.requester };`
const catalogue = {
  json: {
    people: [
      { id: ANA, groups: ['devs'] },
      { id: BO, groups: ['owners'] },
    ],
    entitlements: [
      {
        ...{ id: 'prod-reader', cloud: 'aws', role: ROLE, scope: '123456789012' },
        ...{ eligible: ['devs'], owners: ['owners'], environment: 'production' },
      },
    ],
  },
  file: 'catalogue.json',
}

const ajv = new Ajv2020({ strict: true })

describe.skipIf(lacking !== undefined)(
  `from a TPM to the AWS CLI, and back by a kill${lacking === undefined ? '' : `: ${lacking}`}`,
  () => {
    let s: PeopleStage
    let moto: Server
    let iam: IAMClient
    let room: RequestRoom
    let maker: Manufacturer
    let tpm: SoftwareTpm
    let agent: Agent
    const folder = temporaryFolder()
    const data = join(folder, 'data')

    beforeAll(async () => {
      for (const [name, value] of Object.entries(ACCESS)) vi.stubEnv(name, value)
      moto = await startMoto()
      const at = { region: 'us-east-1', endpoint: moto.url }
      iam = new IAMClient(at)
      const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}'
      await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument }))
      maker = new Manufacturer('Whole')
      tpm = await maker.make().start()
      const roles = [{ id: 'prod-reader', role: ROLE, externalId: 'tenant-7' }]
      const given = { json: { aws: { ...at, roles } }, file: 'connectors.json' }
      const connectors = await readConnectors(given, catalogue, Date.now)
      s = await peopleStage(browserPath ?? '', {
        place: { kind: 'tpm', address: tpm.address },
        prepare: async ({ w, people }) => {
          w.store.addTrust('root', maker.root, { by: 'op', at: 0 })
          w.store.addTrust('intermediate', maker.intermediate, { by: 'op', at: 0 })
          const policies = [{ path: 'test.cedar', text: POLICIES }]
          room = openRequestRoom({
            folder: w.folder,
            devices: w.store,
            people,
            connectors,
            catalogue,
            policies,
          })
          return Promise.resolve(room.routes)
        },
      })
      agent = s.laptop.agent
      // The operator's `--data` is the folder above the broker's.
      mkdirSync(data)
      symlinkSync(s.w.folder, join(data, 'broker'))
    }, 90_000)
    afterAll(async () => {
      await agent.stop()
      await s.close()
      await room.close()
      await tpm.remove()
      maker.remove()
      moto.stop()
      vi.unstubAllEnvs()
    })

    /** Nothing of whoever runs the tests, and none of the broker's own credentials. */
    function run(file: string, args: readonly string[]): Promise<Ran> {
      const config = {
        HOME: folder,
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL: moto.url,
        AWS_DEFAULT_REGION: 'us-east-1',
      }
      const env = Object.entries(plainEnvironment(config)).filter(([name]) => !Object.hasOwn(ACCESS, name))
      const child = spawn(file, args, { env: Object.fromEntries(env), stdio: ['ignore', 'pipe', 'pipe'] })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
      child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
      return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
    }
    const gomeisa = (...args: string[]) => run(process.execPath, [LAUNCHER, '--quiet', ...args])
    const as = (who: Machine, ...args: string[]) => gomeisa('--json', ...args, '--home', who.home.folder)
    const resultOf = ({ stdout, stderr }: Ran) => {
      expect(stderr).toBe('')
      return (JSON.parse(stdout) as { result: Record<string, unknown> }).result
    }

    /** Signs in by the provider and makes the person's passkey. */
    async function signedIn(who: Machine): Promise<Page> {
      const { page } = await s.person()
      await authenticator(page)
      await s.signIn(page, who)
      await page.getByRole('button', { name: 'Make the first passkey' }).click()
      await page.getByRole('button', { name: 'Make the passkey' }).click()
      await page.getByRole('heading', { name: 'Signed in as' }).waitFor()
      return page
    }
    async function agrees(page: Page, result: Record<string, unknown>): Promise<void> {
      await page.goto((result['prompt'] as { open: string }).open)
      expect(await page.locator('pre').innerText()).toContain('prod-reader')
      await page.getByRole('button', { name: 'Agree' }).click()
      await page.getByRole('heading', { name: 'Done' }).waitFor()
    }

    test('asked, approved by another person, used by the real CLI, killed, refused', async () => {
      expect(s.laptop.device).toMatchObject({ level: 'tpm', person: ANA })
      const asking = await signedIn(s.laptop)
      const why = ['--for', '1h', '--reason', 'incident 7']
      const asked = resultOf(await as(s.laptop, 'request', 'prod-reader', ...why))
      const { id } = asked['request'] as { id: string }
      expect(asked['request']).toMatchObject({ state: 'awaiting' })
      await agrees(asking, asked)

      // Browsers reach one port, the same on every machine: here, the machines take turns.
      const port = Number(new URL(s.laptop.origin).port)
      await agent.stop()
      Object.assign(s.provider.next, { sub: 'bo', email: BO })
      const desktop = await s.machine({ person: BO, name: 'desktop', port })
      const approving = await signedIn(desktop)
      const first = await as(desktop, 'approve', id)
      expect(first.status).toBe(1)
      await agrees(approving, resultOf(first))
      expect(resultOf(await as(desktop, 'approve', id))).toMatchObject({ approved: true })
      await desktop.agent.stop()
      agent = new Agent({ home: s.laptop.home, now: Date.now, browserPort: port })
      await agent.start()
      await until(() => agent.status().link.kind === 'up', 15_000)

      const resumed = resultOf(await as(s.laptop, 'request', '--resume', id))
      const { grant } = resumed['request'] as { grant: string }
      const state = async () =>
        (resultOf(await as(s.laptop, 'grants'))['grants'] as { state: string }[])[0]?.state
      for (let i = 0; i < 20 && (await state()) !== 'active'; i++) continue
      expect(await state()).toBe('active')

      const setup = await gomeisa('setup', 'aws', grant, '--profile', 'prod', '--home', s.laptop.home.folder)
      expect([setup.status, setup.stderr]).toEqual([0, ''])
      const who = ['--profile', 'prod', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
      const used = await run(AWS, who)
      expect([used.status, used.stderr]).toEqual([0, ''])
      expect(used.stdout).toContain(`assumed-role/reader/gomeisa-grant-${grant}`)
      const fence = async () => {
        const named = { RoleName: 'reader', PolicyName: `gomeisa-grant-${grant}` }
        const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(named))
        return JSON.parse(decodeURIComponent(PolicyDocument)) as unknown
      }
      const tag = { 'aws:PrincipalTag/gomeisa-grant': grant }
      const denies = { Effect: 'Deny', Action: '*', Resource: '*' }
      expect(await fence()).toMatchObject({
        Statement: [
          {
            ...denies,
            Condition: { StringEquals: tag, DateGreaterThanEquals: { 'aws:CurrentTime': expect.anything() } },
          },
        ],
      })

      const killed = await gomeisa(
        '--json',
        '--data',
        data,
        'kill',
        'person',
        ANA,
        '--reason',
        'laptop stolen',
      )
      expect(killed.status).toBe(0)
      const report = resultOf(killed)
      expect(ajv.validate(kill, report), ajv.errorsText()).toBe(true)
      expect(report).toMatchObject({ kind: 'person', remaining: 0, lock: expect.any(String) })
      expect(report['grants']).toMatchObject([
        { id: grant, left: 'gone', useStopped: true, residual: 'none' },
      ])

      const refused = await run(AWS, who)
      expect(refused.status).not.toBe(0)
      expect(refused.stderr).toContain('the agent has no link to the broker')
      // Moto does not evaluate conditions: what stands at the provider is read, not tried.
      expect(await fence()).toMatchObject({ Statement: [{ ...denies, Condition: { StringEquals: tag } }] })
      expect(JSON.stringify(await fence())).not.toContain('CurrentTime')

      // A lock that is lifted brings nobody's grant back.
      const lifted = await gomeisa('--data', data, 'broker', 'unlock', String(report['lock']))
      expect(lifted.status).toBe(0)
      await until(() => agent.status().link.kind === 'up', 30_000)
      const later = await run(AWS, who)
      expect(later.status).not.toBe(0)
      expect(later.stderr).toContain('the grant is not active but revoked')

      const log = await gomeisa('--data', data, 'audit', 'export')
      const lines = log.stdout.trim().split('\n')
      const [{ record }] = (report['grants'] as { proof: { record: number } }[]).map(
        ({ proof }) => proof,
      ) as [{ record: number }]
      expect(lines[record - 1]).toContain('"event":"grant.revoked"')
      expect(log.stdout).not.toMatch(/ASIA|SecretAccessKey|SessionToken/)
      expect(s.complaints).toEqual([])
    }, 120_000)
  },
)
