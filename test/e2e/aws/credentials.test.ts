import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AgentHome } from '../../../broker/client/agent-home.ts'
import { Agent } from '../../../broker/client/agent.ts'
import { enrolDevice } from '../../../broker/client/enrol.ts'
import { credentialRoutes } from '../../../broker/credentials/credential-routes.ts'
import { tokenText } from '../../../broker/protocol/enrolment-token.ts'
import { asked, stage, type Stage } from '../../broker/aws/stage.ts'
import { running, until } from '../../broker/running.ts'
import { HOW_TO_GET_MOTO, hasMoto } from '../../fakes/aws/moto.ts'
import { LAUNCHER, plainEnvironment, temporaryFolder, type Ran } from '../command.ts'

/** The AWS CLI: `GOMEISA_AWS`, or `aws` in the path; it brings the Python that botocore runs in. */
const AWS = process.env['GOMEISA_AWS'] ?? 'aws'
const PYTHON = join(dirname(AWS), 'python')
const hasAws = spawnSync(AWS, ['--version']).status === 0 && existsSync(PYTHON)
const there = hasMoto() && hasAws
const how = hasMoto()
  ? 'skipped: there is no AWS CLI in a venv (moto/bin/pip install awscli==1.46.3, then GOMEISA_AWS=moto/bin/aws)'
  : HOW_TO_GET_MOTO

describe.skipIf(!there)(
  `credentials of a grant in the tools of AWS${there ? '' : `: ${how}`}`,
  { timeout: 120_000 },
  () => {
    let s: Stage
    let agent: Agent
    const folder = temporaryFolder()
    const home = new AgentHome(join(folder, 'agent'))
    const config = join(folder, 'config')
    /** Nothing of whoever runs the tests. */
    const env = () => ({
      HOME: folder,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: s.moto.url,
      AWS_DEFAULT_REGION: 'us-east-1',
    })
    const LEFT_OUT = ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']

    function run(file: string, args: readonly string[], extra: Record<string, string> = {}): Promise<Ran> {
      const all = Object.entries({ ...plainEnvironment(env()), ...extra })
      const child = spawn(file, args, {
        env: Object.fromEntries(all.filter(([name]) => !LEFT_OUT.includes(name))),
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
      child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
      return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
    }
    const gomeisa = (...args: string[]) => run(process.execPath, [LAUNCHER, ...args])
    const at = ['--home', home.folder]
    /** Sessions that were minted for use: those that only try a role last the least that there is. */
    const minted = () =>
      asked(s, 'AssumeRole').filter((call) => call.get('DurationSeconds') === '1200').length

    async function active(): Promise<string> {
      const { id } = await s.give('aws-role', 'audit')
      const grant = await s.grants.step(id)
      expect(grant.state).toBe('active')
      return id
    }

    beforeAll(async () => {
      s = await stage()
      const routes = credentialRoutes({
        ledger: s.ledger,
        connectors: s.connectors,
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
    }, 60_000)
    afterAll(() => agent.stop())

    test('credential_process: the document and nothing else, exactly its fields', async () => {
      const grant = await active()
      const { status, stdout, stderr } = await gomeisa('aws', 'credentials', grant, ...at)
      expect([status, stderr]).toEqual([0, ''])
      const document = JSON.parse(stdout) as Record<string, unknown>
      expect(document).toEqual({
        Version: 1,
        AccessKeyId: expect.stringMatching(/^ASIA/),
        SecretAccessKey: expect.stringMatching(/.{30}/),
        SessionToken: expect.stringMatching(/.{30}/),
        Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        AccountId: '123456789012',
      })
      expect(stdout.split('\n')).toHaveLength(2)
    })

    test('setup, then the real CLI; killed: refused, and the profile stays as it was', async () => {
      const theirs = '[default]\nregion = eu-west-1\n'
      writeFileSync(config, theirs)
      chmodSync(config, 0o640)
      const grant = await active()
      const first = await gomeisa('setup', 'aws', grant, '--profile', 'logs', ...at, '--json')
      expect([first.status, first.stderr]).toEqual([0, ''])
      expect(JSON.parse(first.stdout)).toMatchObject({
        command: 'setup',
        result: { file: config, changed: true },
      })
      const written = readFileSync(config, 'utf8')
      expect(written.startsWith(theirs)).toBe(true)
      expect(statSync(config).mode & 0o777).toBe(0o640)
      const backups = () => readdirSync(folder).filter((name) => name.includes('before-gomeisa'))
      expect(backups().map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([theirs])
      const again = await gomeisa('setup', 'aws', grant, '--profile', 'logs', ...at)
      expect(again.stdout).toContain('nothing to change')
      expect([readFileSync(config, 'utf8'), backups().length]).toEqual([written, 1])

      const who = ['--profile', 'logs', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
      const used = await run(AWS, who)
      expect([used.status, used.stderr]).toEqual([0, ''])
      expect(used.stdout).toContain('assumed-role/auditor/gomeisa-grant-')
      await s.grants.kill({ grant }, 'ops', 'stolen')
      const refused = await run(AWS, who)
      expect(refused.status).not.toBe(0)
      expect(refused.stderr).toContain('the grant is not active')
      expect((await s.grants.step(grant)).state).toBe('revoked')
    })

    test('ten uses in one process call the helper once, ten processes at once mint once', async () => {
      const grant = await active()
      const calls = join(folder, 'calls')
      const helper = join(folder, 'helper')
      const line = `exec ${process.execPath} ${LAUNCHER} aws credentials ${grant} --home ${home.folder}`
      writeFileSync(helper, `#!/bin/sh\necho x >> ${calls}\n${line}\n`, { mode: 0o700 })
      writeFileSync(config, `[profile counted]\ncredential_process = ${helper}\n`)
      const program = [
        'import botocore.session',
        's = botocore.session.Session(profile="counted")',
        'c = s.create_client("sts")',
        'print(len({c.get_caller_identity()["Arn"] for _ in range(10)}))',
      ].join('\n')
      const before = minted()
      const ran = await run(PYTHON, ['-c', program])
      expect([ran.stderr, ran.stdout.trim()]).toEqual(['', '1'])
      expect(readFileSync(calls, 'utf8')).toBe('x\n')
      const all = await Promise.all(
        Array.from({ length: 5 }, () => gomeisa('aws', 'credentials', grant, ...at)),
      )
      expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1)
      expect(minted()).toBe(before + 1)
    })

    test('exec: the real CLI by the loopback endpoint, no secret in variables or files, exit code of the command', async () => {
      const grant = await active()
      const shell = `${AWS} sts get-caller-identity --query Arn --output text; env | grep ^AWS; stat -c %a "$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"; exit 7`
      const own = { AWS_PROFILE: 'theirs', AWS_SESSION_TOKEN: 'theirs' }
      const ran = await run(process.execPath, [LAUNCHER, 'exec', ...at, grant, '--', 'sh', '-c', shell], own)
      expect([ran.status, ran.stderr]).toEqual([7, ''])
      expect(ran.stdout).toContain('assumed-role/auditor/gomeisa-grant-')
      expect(ran.stdout).toMatch(/^AWS_CONTAINER_CREDENTIALS_FULL_URI=http:\/\/127\.0\.0\.1:\d+\/\w+$/m)
      expect(ran.stdout).not.toMatch(/theirs|AWS_SECRET|ASIA/)
      expect(ran.stdout.trim().endsWith('600')).toBe(true)
      const tokenFile = /TOKEN_FILE=(\S+)/.exec(ran.stdout)?.[1] ?? ''
      expect(existsSync(dirname(tokenFile))).toBe(false)
    })

    test('exec runs nothing without access', async () => {
      const mark = join(folder, 'ran')
      const ran = await gomeisa('exec', ...at, 'no-such-grant', '--', 'touch', mark)
      expect(ran.status).toBe(2)
      expect(ran.stderr).toContain('you have no such grant')
      expect(existsSync(mark)).toBe(false)
    })
  },
)
