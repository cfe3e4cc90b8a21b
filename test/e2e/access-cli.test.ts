import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { openRequestRoom, type RequestRoom } from '../../app/broker/request-rooms.ts'
import { AgentHome } from '../../broker/client/agent-home.ts'
import { Agent } from '../../broker/client/agent.ts'
import { enrolDevice } from '../../broker/client/enrol.ts'
import { tokenText } from '../../broker/protocol/enrolment-token.ts'
import { running, until } from '../broker/running.ts'
import { VirtualClock } from '../fakes/grants/clock.ts'
import { FakeCloud } from '../fakes/grants/cloud.ts'
import { LAUNCHER, plainEnvironment, temporaryFolder } from './command.ts'

const ajv = new Ajv2020({ strict: true })
const schema = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema', `${name}.json`), 'utf8')) as object
for (const name of ['envelope', 'request', 'approve', 'deny', 'grants', 'extend', 'release', 'kill'])
  ajv.addSchema(schema(name))

const POLICIES = `
@id("two") permit (principal, action == Gomeisa::Action::"activate", resource)
when { principal in resource.eligible && context.evidence.device >= 1 && context.evidence.approvals >= 1 };
@id("own") permit (principal, action == Gomeisa::Action::"approve", resource)
when { principal in resource.owners && context.evidence.device >= 1 };
@id("self") forbid (principal, action == Gomeisa::Action::"approve", resource)
when { principal == context.requester };`
const CATALOGUE = {
  people: [
    { id: 'ana@example.com', groups: ['devs', 'owners'] },
    { id: 'bo@example.com', groups: ['owners', 'security'] },
  ],
  killers: ['security'],
  entitlements: [
    {
      ...{ id: 'prod-reader', cloud: 'aws', role: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      ...{ scope: '111122223333', eligible: ['devs'], owners: ['owners'], environment: 'production' },
    },
  ],
}

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** The broker runs in this process, so the command must not block it. */
function gomeisa(args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [LAUNCHER, ...args], { env: plainEnvironment() }, (error, stdout, stderr) => {
      done({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

describe('access on the command line, between two people with devices of their own', () => {
  const cloud = new FakeCloud(new VirtualClock())
  const homes = new Map<string, string>()
  let room: RequestRoom

  beforeAll(async () => {
    const w = await running({ routes: [(request, peer) => room.routes(request, peer)] })
    room = openRequestRoom({
      ...{ folder: w.folder, devices: w.store, people: undefined },
      connectors: { all: [cloud], for: () => cloud },
      catalogue: { json: CATALOGUE, file: 'catalogue.json' },
      policies: [{ path: 'test.cedar', text: POLICIES }],
    })
    const agents: Agent[] = []
    for (const person of ['ana@example.com', 'bo@example.com']) {
      const home = new AgentHome(join(temporaryFolder(), 'agent'))
      const token = tokenText({ secret: w.leave({ person }), authority: w.authority.fingerprint })
      const broker = `https://localhost:${w.broker.ports.enrolment}`
      await enrolDevice({ home, broker, token, place: { kind: 'software' }, now: Date.now })
      const agent = new Agent({ home, now: Date.now })
      await agent.start()
      await until(() => agent.status().link.kind === 'up', 15_000)
      agents.push(agent)
      homes.set(person.split('@')[0]!, home.path('.'))
    }
    return async () => {
      for (const agent of agents) await agent.stop()
      await room.close()
    }
  }, 60_000)

  const as = (person: string, ...args: readonly string[]) =>
    gomeisa(['--quiet', ...args, '--home', homes.get(person)!])
  const json = async (person: string, verb: string, ...args: readonly string[]) => {
    const ran = await as(person, '--json', verb, ...args)
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    const document = JSON.parse(ran.stdout) as { command: string; result: Record<string, unknown> }
    expect(ajv.validate('envelope.json', document), ajv.errorsText()).toBe(true)
    expect(ajv.validate(`${verb}.json`, document.result), ajv.errorsText()).toBe(true)
    expect(document.command).toBe(verb)
    return document.result
  }

  it('from the preview to the release', { timeout: 120_000 }, async () => {
    const why = ['--for', '2h', '--reason', 'incident 7']
    const preview = await as('ana', 'request', 'prod-reader', '--preview', ...why)
    expect(preview.stdout).toMatch(/^adds +arn:aws:iam::aws:policy\/ReadOnlyAccess/)
    expect(preview.stdout).toMatch(/^can approve +bo@example.com$/m)
    expect(preview.stdout).toContain('within 1 s, at worst 1 min')
    await json('ana', 'request', 'prod-reader', '--preview', ...why)

    const { request } = await json('ana', 'request', 'prod-reader', ...why)
    const { id } = request as { id: string }
    expect(request).toMatchObject({ state: 'awaiting', durationSeconds: 7200 })
    const own = await as('ana', 'approve', id)
    expect(own).toMatchObject({ status: 2, stdout: '' })
    expect(own.stderr).toContain('error REFUSED: nobody approves their own')
    expect(await json('bo', 'approve')).toMatchObject({ toApprove: [{ id, person: 'ana@example.com' }] })
    const approved = await as('bo', 'approve', id)
    expect(approved.stdout).toContain('approved by bo@example.com')
    await until(() => cloud.bindings.has('ana@example.com|prod-reader'))

    const resumed = await json('ana', 'request', '--resume', id)
    const { grant } = resumed['request'] as { grant: string }
    await until(() => cloud.calls.includes('issue'))
    const listed = await as('ana', 'grants')
    expect(listed.stdout).toContain(`${grant}  prod-reader  active until`)
    await json('ana', 'grants')
    const more = await json('ana', 'extend', grant, '--for', '30m', '--reason', 'not done')
    const { id: extension } = more['request'] as { id: string }
    expect(await json('bo', 'deny', extension, '--reason', 'enough')).toMatchObject({
      requests: [{ state: 'denied', deniedBy: 'bo@example.com', why: 'enough' }],
    })
    expect(await json('ana', 'release', grant)).toMatchObject({ request: null, grant: { id: grant } })
    await until(() => cloud.bindings.size === 0)

    const again = await json('ana', 'request', 'prod-reader')
    const withdrawn = await json('ana', 'release', (again['request'] as { id: string }).id)
    expect(withdrawn).toMatchObject({ grant: null, request: { state: 'withdrawn' } })
    const all = await as('ana', 'request')
    for (const { stdout } of [preview, approved, listed, all]) {
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(stdout).not.toContain('\u001b')
    }
  })

  it('says what is wrong, and how to go on', { timeout: 60_000 }, async () => {
    const cases = [
      [['request', 'nothing-like-it'], 'NOT_FOUND'],
      [['request', 'prod-reader', '--resume', 'x'], 'USAGE'],
      [['request', 'prod-reader', '--for', 'long'], 'USAGE'],
      [['request', '--resume', 'x'], 'NOT_FOUND'],
      [['release', 'x'], 'NOT_FOUND'],
      [['extend', 'x'], 'NOT_FOUND'],
    ] as const
    for (const [args, code] of cases) {
      const { status, stderr } = await as('ana', ...args)
      expect({ status, code: /error (\w+)/.exec(stderr)?.[1] }).toEqual({ status: 2, code })
    }
  })

  it(
    'kills: one’s own, anybody’s for those who may, watched until it is proven',
    { timeout: 120_000 },
    async () => {
      const given = async () => {
        const { request } = await json('ana', 'request', 'prod-reader', '--reason', 'incident 8')
        await as('bo', 'approve', (request as { id: string }).id)
        const resumed = await json('ana', 'request', '--resume', (request as { id: string }).id)
        const { grant } = resumed['request'] as { grant: string }
        await until(() => cloud.bindings.size > 0)
        return grant
      }
      const why = ['--reason', 'left in a taxi']
      const grant = await given()
      const own = await json('ana', 'kill', 'grant', grant, ...why)
      expect(own).toMatchObject({ kind: 'grant', remaining: 0, lock: null, by: 'ana@example.com' })
      expect(own['grants']).toMatchObject([{ id: grant, left: 'gone', useStopped: true, residual: 'none' }])
      expect(cloud.bindings.size).toBe(0)

      const second = await given()
      const others = await as('ana', 'kill', 'person', 'bo@example.com', ...why)
      expect(others).toMatchObject({ status: 2, stdout: '' })
      expect(others.stderr).toContain('your own person, devices and grants only')
      const nobody = await as('bo', 'kill', 'person', 'anna@example.com', ...why)
      expect(nobody).toMatchObject({ status: 2, stderr: expect.stringContaining('error NOT_FOUND') })
      const slip = await as('bo', 'kill', 'laptop', 'x', ...why)
      expect(slip).toMatchObject({ status: 2, stderr: expect.stringContaining('error USAGE') })

      const killed = await as('bo', 'kill', 'person', 'ana@example.com', ...why)
      expect(killed).toMatchObject({ status: 0 })
      expect(killed.stdout).toMatch(/^killed +person ana@example.com: left in a taxi$/m)
      expect(killed.stdout).toMatch(/^locked +lift it: gomeisa broker unlock [\w-]{36}$/m)
      expect(killed.stdout).toContain(`${second}  prod-reader of ana@example.com (fake)`)
      expect(killed.stdout).toMatch(/left +nothing: the cloud was seen without it, record \d+ of the log/)
      expect(killed.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(cloud.bindings.size).toBe(0)
      const locked = await as('ana', 'grants')
      expect(locked).toMatchObject({ status: 1, stderr: expect.stringContaining('error BROKER_UNREACHABLE') })
      const again = await json('bo', 'kill', 'person', 'ana@example.com', ...why)
      expect(again).toMatchObject({ lock: expect.stringContaining('-'), grants: [] })
    },
  )
})
