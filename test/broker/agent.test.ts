import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AgentHome } from '../../broker/client/agent-home.ts'
import { Agent, AGENT_SOCKET, type AgentOptions } from '../../broker/client/agent.ts'
import { askAgent } from '../../broker/client/ask-agent.ts'
import { enrolDevice, type EnrolOptions } from '../../broker/client/enrol.ts'
import { lock } from '../../broker/devices/locks.ts'
import { newTokenSecret, tokenText } from '../../broker/protocol/enrolment-token.ts'
import type { AttestationLevel } from '../../broker/protocol/identity.ts'
import { running, until, type Running } from './running.ts'
import { hasSoftwareTpm, Manufacturer, tpmProvider, type SoftwareTpm } from './software-tpm.ts'

const available = hasSoftwareTpm()
const provider = available ? tpmProvider() : undefined
const stops: (() => Promise<void>)[] = []
const folders: string[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newHome(): AgentHome {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-agent-'))
  folders.push(folder)
  return new AgentHome(join(folder, 'agent'))
}

type Place = EnrolOptions['place']

async function enrolAt(
  w: Running,
  home: AgentHome,
  place: Place,
  atLeast: AttestationLevel,
  name = 'laptop',
) {
  const token = tokenText({ secret: w.leave({ atLeast, name }), authority: w.authority.fingerprint })
  const broker = `https://localhost:${w.broker.ports.enrolment}`
  return enrolDevice({ home, broker, token, place, now: () => w.clock.now })
}

async function startAgent(w: Running, home: AgentHome, options: Partial<AgentOptions> = {}): Promise<Agent> {
  const agent = new Agent({ home, now: () => w.clock.now, ...options })
  stops.push(() => agent.stop())
  await agent.start()
  return agent
}

const isUp = (agent: Agent) => agent.status().link.kind === 'up'
const processOf = (agent: Agent) => {
  const { link } = agent.status()
  return link.kind === 'up' ? link.process : undefined
}
/** Waits for a link that another process holds than the one before. */
async function linkAfter(agent: Agent, before: number | undefined): Promise<void> {
  await until(() => isUp(agent) && processOf(agent) !== before, 30_000)
}
const whoami = (home: AgentHome) => askAgent(home, 'GET', '/v1/whoami')

describe('an agent with a key in software', () => {
  it('enrols, links, answers on a socket of its own, and says what it is', async () => {
    const w = await running()
    const home = newHome()
    const enrolled = await enrolAt(w, home, { kind: 'software' }, 'software')
    const agent = await startAgent(w, home)
    await until(() => isUp(agent), 15_000)
    expect(await whoami(home)).toMatchObject({
      status: 200,
      body: { device: enrolled.device, level: 'software' },
    })
    expect((await askAgent(home, 'GET', '/agent/status')).body).toMatchObject({
      binding: 'mutual-tls-software',
      level: 'software',
    })
    const modes = [AGENT_SOCKET, 'link.sock', 'device.json'].map(
      (file) => statSync(home.path(file)).mode & 0o777,
    )
    expect(modes).toEqual([0o600, 0o600, 0o600])
    expect(statSync(home.folder).mode & 0o777).toBe(0o700)
    // One link for all requests.
    await Promise.all(Array.from({ length: 20 }, () => whoami(home)))
    expect(w.broker.door.live.size).toBe(1)
  }, 30_000)

  it('comes back after a restart of the broker and after its link process is killed', async () => {
    const w = await running()
    const home = newHome()
    await enrolAt(w, home, { kind: 'software' }, 'software')
    const agent = await startAgent(w, home)
    await until(() => isUp(agent), 15_000)
    const first = processOf(agent)
    process.kill(first!, 'SIGKILL')
    await linkAfter(agent, first)
    const second = processOf(agent)
    await w.restart()
    await linkAfter(agent, second)
    expect((await whoami(home)).status).toBe(200)
  }, 60_000)

  it('renews by itself before its certificate ends, and links with the new one', async () => {
    const w = await running({ certificateLife: 6_000 })
    const home = newHome()
    const { notAfter } = await enrolAt(w, home, { kind: 'software' }, 'software')
    const agent = await startAgent(w, home)
    await until(() => isUp(agent), 15_000)
    await until(() => agent.status().notAfter > notAfter, 15_000)
    await until(() => isUp(agent), 15_000)
    expect((await whoami(home)).status).toBe(200)
    expect(agent.status().renewal).toBeNull()
  }, 60_000)

  it('loses its link to a lock, is refused renewal, and says why', async () => {
    const w = await running()
    const home = newHome()
    const { device } = await enrolAt(w, home, { kind: 'software' }, 'software')
    const agent = await startAgent(w, home)
    await until(() => isUp(agent), 15_000)
    lock(w.store, { kind: 'device', id: device }, { reason: 'lost in Oslo', by: 'op' }, w.clock.now)
    w.broker.door.enforce()
    await until(() => !isUp(agent))
    await expect(agent.renew()).rejects.toMatchObject({
      reason: 'locked',
      message: expect.stringContaining('Oslo'),
    })
  }, 30_000)

  it('believes no other broker than the one of its token', async () => {
    const [w, impostor] = [await running(), await running()]
    const token = tokenText({ secret: newTokenSecret(), authority: w.authority.fingerprint })
    const broker = `https://localhost:${impostor.broker.ports.enrolment}`
    const attempt = enrolDevice({
      home: newHome(),
      broker,
      token,
      place: { kind: 'software' },
      now: Date.now,
    })
    await expect(attempt).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' })
  })
})

describe.skipIf(provider === undefined)('an agent with a TPM', { timeout: 120_000 }, () => {
  let maker: Manufacturer
  let tpm: SoftwareTpm
  let w: Running

  beforeAll(async () => {
    maker = new Manufacturer('Agent')
    tpm = await maker.make().start()
    w = await running()
    w.store.addTrust('root', maker.root, { by: 'op', at: 0 })
    w.store.addTrust('intermediate', maker.intermediate, { by: 'op', at: 0 })
  }, 60_000)
  afterAll(async () => {
    await tpm.remove()
    maker.remove()
  })

  it('links by mutual TLS with the key in the TPM; survives restarts of agent, broker and TPM; renews', async () => {
    const home = newHome()
    const { device } = await enrolAt(w, home, { kind: 'tpm', address: tpm.address }, 'tpm')
    const agent = await startAgent(w, home)
    const comesUp = async (which: Agent, before?: number) => {
      await linkAfter(which, before)
      expect(await whoami(home)).toMatchObject({ status: 200, body: { device, level: 'tpm' } })
    }
    await comesUp(agent)
    expect(agent.status()).toMatchObject({ binding: 'mutual-tls-tpm', level: 'tpm' })
    const before = agent.status().notAfter
    w.clock.now += 60_000
    const first = processOf(agent)
    // While the link holds its key in the TPM.
    await agent.renew()
    expect(agent.status().notAfter).toBeGreaterThan(before)
    await comesUp(agent, first)
    const second = processOf(agent)
    await w.restart()
    await comesUp(agent, second)
    await agent.stop()
    await tpm.stop()
    await tpm.start()
    await comesUp(await startAgent(w, home))
  })

  it('links by the exporter where the provider is missing, and the same lock closes it', async () => {
    const home = newHome()
    const { device } = await enrolAt(w, home, { kind: 'tpm', address: tpm.address }, 'tpm', 'no provider')
    const agent = await startAgent(w, home, { provider: null })
    await until(() => isUp(agent), 30_000)
    expect(agent.status().binding).toBe('tls-exporter')
    expect(await whoami(home)).toMatchObject({ status: 200, body: { device, level: 'tpm' } })
    expect(w.broker.door.live.ofDevice(device)).toBe(1)
    lock(w.store, { kind: 'device', id: device }, { reason: 'gone', by: 'op' }, w.clock.now)
    expect(w.broker.door.enforce()).toBe(1)
    await until(() => !isUp(agent))
  })

  it('cannot be moved: the same files with another TPM give no link', async () => {
    const home = newHome()
    const { device } = await enrolAt(w, home, { kind: 'tpm', address: tpm.address }, 'tpm', 'moved')
    const thief = await maker.make().start()
    try {
      const stolen = newHome()
      const enrolled = home.read()
      if (enrolled.keys.kind !== 'tpm') throw new Error('not in the TPM')
      stolen.save({ ...enrolled, keys: { ...enrolled.keys, address: thief.address } })
      const agent = await startAgent(w, stolen)
      await new Promise((done) => setTimeout(done, 2_500))
      expect(isUp(agent)).toBe(false)
      expect(w.broker.door.live.ofDevice(device)).toBe(0)
      await expect(agent.renew()).rejects.toThrow('belong to another TPM')
      await agent.stop()
    } finally {
      await thief.remove()
    }
    expect(existsSync(home.path('device.json'))).toBe(true)
    expect(readFileSync(home.path('device.json'), 'utf8')).not.toContain('PRIVATE KEY')
  })
})
