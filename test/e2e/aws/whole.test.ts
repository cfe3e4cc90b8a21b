import { CreateRoleCommand, GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConnectors } from '../../../app/broker/connectors/connector-file.ts'
import kill from '../../../docs/schema/kill.json' with { type: 'json' }
import { hasMoto, HOW_TO_GET_MOTO, startMoto, type Server } from '../../fakes/aws/moto.ts'
import { plainEnvironment, temporaryFolder, type Ran } from '../command.ts'
import { catalogueOf, journey, LACKING_FOR_A_JOURNEY, type Journey } from '../journey.ts'
import { ACCESS } from './through.ts'

const AWS = process.env['GOMEISA_AWS'] ?? 'aws'
const lacking = [
  hasMoto() ? undefined : HOW_TO_GET_MOTO,
  spawnSync(AWS, ['--version']).status === 0
    ? undefined
    : 'skipped: no AWS CLI (pip install awscli, GOMEISA_AWS)',
  LACKING_FOR_A_JOURNEY,
].find((each) => each !== undefined)

const ROLE = 'arn:aws:iam::123456789012:role/reader'
const catalogue = catalogueOf({ id: 'prod-reader', cloud: 'aws', role: ROLE, scope: '123456789012' })
const ajv = new Ajv2020({ strict: true })

describe.skipIf(lacking !== undefined)(
  `from a TPM to the AWS CLI, and back by a kill${lacking === undefined ? '' : `: ${lacking}`}`,
  () => {
    let way: Journey
    let moto: Server
    let iam: IAMClient
    const folder = temporaryFolder()

    beforeAll(async () => {
      for (const [name, value] of Object.entries(ACCESS)) vi.stubEnv(name, value)
      moto = await startMoto()
      const at = { region: 'us-east-1', endpoint: moto.url }
      iam = new IAMClient(at)
      const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}'
      await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument }))
      const roles = [{ id: 'prod-reader', role: ROLE, externalId: 'tenant-7' }]
      const given = { json: { aws: { ...at, roles } }, file: 'connectors.json' }
      const connectors = await readConnectors(given, catalogue, Date.now)
      way = await journey({ folder, catalogue, connectors, run })
    }, 90_000)
    afterAll(async () => {
      await way.close()
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

    test('asked, approved by another person, used by the real CLI, killed, refused', async () => {
      const { s, gomeisa, operator, resultOf } = way
      const grant = await way.granted('prod-reader')
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

      // What the kill cuts off may be asked for once more by an open page.
      expect(s.complaints).toEqual([])
      const killed = await operator('kill', 'person', way.ana, '--reason', 'laptop stolen')
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
      const lifted = await operator('broker', 'unlock', String(report['lock']))
      expect(lifted.status).toBe(0)
      await way.linked(30_000)
      const later = await run(AWS, who)
      expect(later.status).not.toBe(0)
      expect(later.stderr).toContain('the grant is not active but revoked')

      const log = await operator('audit', 'export')
      const lines = log.stdout.trim().split('\n')
      const [{ record }] = (report['grants'] as { proof: { record: number } }[]).map(
        ({ proof }) => proof,
      ) as [{ record: number }]
      expect(lines[record - 1]).toContain('"event":"grant.revoked"')
      expect(log.stdout).not.toMatch(/ASIA|SecretAccessKey|SessionToken/)
    }, 240_000)
  },
)
