import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { exported, gomeisa, LAUNCHER, plainEnvironment, temporaryFolder } from './command.ts'

const SCHEMAS = join(import.meta.dirname, '../../docs/schema')
const ajv = new Ajv2020({ strict: true })
for (const file of readdirSync(SCHEMAS))
  ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as object)

const folder = temporaryFolder()
const data = join(folder, 'data')
const home = join(folder, 'agent')
const children: ChildProcess[] = []

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null) continue
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }
})

/** The fields that these tests read; the schemas have checked them. */
interface Result {
  readonly [field: string]: unknown
  readonly ports: { readonly enrolment: number; readonly web: number }
  readonly devices: readonly { readonly state: string }[]
  readonly lock: { readonly id: string }
  readonly locks: readonly { readonly state: string }[]
}

function result(text: string, verb: 'agent' | 'broker'): Result {
  const document = JSON.parse(text) as { command: string; result: Result }
  expect(ajv.validate('envelope.json', document), JSON.stringify(ajv.errors)).toBe(true)
  expect(ajv.validate(`${verb}.json`, document.result), JSON.stringify(ajv.errors)).toBe(true)
  expect(document.command).toBe(verb)
  return document.result
}

function asked(verb: 'agent' | 'broker', ...args: readonly string[]) {
  const ran = gomeisa(['--data', data, '--json', '--quiet', verb, ...args])
  expect(ran, ran.stdout).toMatchObject({ status: 0, stderr: '' })
  return result(ran.stdout, verb)
}

/** Starts a verb that stays, and gives its first answer. */
async function started(verb: 'agent' | 'broker', ...args: readonly string[]) {
  const all = [LAUNCHER, '--data', data, '--json', '--quiet', verb, ...args]
  const child = spawn(process.execPath, all, {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let said = ''
  for await (const part of child.stdout.setEncoding('utf8')) {
    said += part as string
    try {
      return { child, result: result(said, verb) }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  throw new Error(`gomeisa ${verb} ended: ${said}`)
}

/** A page of the web port, as a proxy asks for it. */
function page(port: number, path: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    get({ port, path, headers: { host }, agent: false }, (answer) => {
      void text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, text: read }))
    }).on('error', reject)
  })
}

const linkState = () => {
  const { stdout } = gomeisa(['--json', '--quiet', 'agent', 'status', '--home', home])
  return result(stdout, 'agent')['link'] as string
}
async function untilLink(state: boolean) {
  for (let i = 0; i < 30; i++) {
    if ((linkState() === 'up') === state) return
    await sleep(300)
  }
  throw new Error(`the link did not ${state ? 'come up' : 'go down'}`)
}

describe('the broker and the agent on the command line', () => {
  it('from the invitation to the lock and back', { timeout: 120_000 }, async () => {
    const ports = ['--port', '0', '--enrolment-port', '0', '--exporter-port', '0', '--web-port', '0']
    const reader = { id: 'reader', cloud: 'aws', role: 'r', scope: '1', eligible: ['devs'] }
    const known = { environment: 'other', reachesAdministrator: 'no', opensCrownJewelPath: 'no' }
    const catalogue = {
      people: [{ id: 'ana@example.com', groups: ['devs'] }],
      entitlements: [{ ...reader, ...known }],
    }
    const role = 'arn:aws:iam::111122223333:role/logs'
    catalogue.entitlements.push({ ...reader, ...known, id: 'logs', role, scope: '111122223333' })
    const connectors = { aws: { region: 'eu-central-1', roles: [{ id: 'logs', role }] } }
    const written = { 'catalogue.json': catalogue, 'connectors.json': connectors, 'other.json': { aws: {} } }
    exported(folder, written)
    const people = ['--catalogue', join(folder, 'catalogue.json')]
    const offer = [...people, '--connectors', join(folder, 'connectors.json')]
    const other = [...people, '--connectors', join(folder, 'other.json')]
    const wrong = gomeisa(['--data', data, '--quiet', 'broker', 'run', ...other])
    expect(wrong).toMatchObject({ status: 2, stdout: '' })
    expect(wrong.stderr).toContain('error INPUT_SHAPE: `/aws/region` should be a text')
    expect(wrong.stderr).toContain('other.json')
    expect(wrong.stderr).toContain('docs/connectors.md')
    const issuer = ['--issuer', 'https://broker.example.com']
    const broker = await started('broker', 'run', ...ports, '--name', 'localhost', ...offer, ...issuer)
    const keys = (host: string) => page(broker.result.ports.web, '/.well-known/jwks.json', host)
    const [own, foreign] = [await keys('broker.example.com'), await keys('evil.example.com')]
    expect([own.status, foreign.status]).toEqual([200, 404])
    const { stdout: printed } = gomeisa(['--data', data, 'broker', 'issuer', 'jwks'])
    expect(JSON.parse(own.text)).toEqual(JSON.parse(printed))
    const url = `https://localhost:${broker.result.ports.enrolment}`
    const person = ['--person', 'ana@example.com', '--device', 'laptop']

    const { token } = asked('broker', 'invite', ...person, '--at-least', 'software')
    const enroll = ['enroll', '--broker', url, '--token', token as string, '--software', '--home', home]
    const { device, level } = asked('agent', ...enroll)
    expect(level).toBe('software')
    const again = gomeisa(['--quiet', 'agent', ...enroll])
    expect(again).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('error REFUSED: the enrolment token'),
    })

    await started('agent', 'run', '--home', home)
    await untilLink(true)
    expect(asked('broker', 'devices')['devices']).toMatchObject([
      { id: device, state: 'ok', level: 'software' },
    ])

    const request = (...args: string[]) => gomeisa(['--json', '--quiet', 'request', ...args, '--home', home])
    const preview = JSON.parse(request('reader', '--preview').stdout) as { result: Result }
    expect(ajv.validate('request.json', preview.result), ajv.errorsText()).toBe(true)
    expect(preview.result).toMatchObject({ rung: 'device', revoke: null })
    const given = JSON.parse(request('logs', '--preview').stdout) as { result: Result }
    expect(given.result).toMatchObject({ revoke: { providerExpiry: 'hard', worstSeconds: 300 } })
    expect(request('reader')).toMatchObject({ status: 2, stderr: expect.stringContaining('no connector') })
    expect(request('--resume', 'x').stderr).toContain('error NOT_FOUND')

    const { lock } = asked('broker', 'lock', '--device', device as string, '--reason', 'left in a taxi')
    await untilLink(false)
    expect(asked('broker', 'devices').devices[0]!.state).toContain('left in a taxi')
    asked('broker', 'unlock', lock.id)
    await untilLink(true)
    expect(asked('broker', 'locks').locks[0]!.state).toContain('lifted by')

    const { open } = asked('broker', 'break-glass', 'root@example.com')
    expect(open).toMatch(/^http:\/\/localhost:8440\/people\/passkey\?leave=[\w-]{43}$/)
    expect(asked('broker', 'people')['people']).toEqual([
      { name: 'root@example.com', kind: 'break-glass', passkeys: [] },
    ])
    const unknown = [
      gomeisa(['--data', data, '--quiet', 'broker', 'revoke-passkey', 'x', '--reason', 'lost']),
      gomeisa(['--quiet', 'agent', 'confirm', 'AAAAA-AAAAA', '--home', home]),
      gomeisa(['--data', data, '--quiet', 'broker', 'run', '--oidc-client', 'x']),
      gomeisa(['--data', data, '--quiet', 'broker', 'run', '--phone-origin', 'http://broker.example.com']),
      gomeisa(['--data', data, '--quiet', 'broker', 'run', '--policies', 'shipped']),
      gomeisa(['--data', data, '--quiet', 'broker', 'run', '--issuer', 'http://broker.example.com']),
    ]
    expect(unknown.map(({ stderr }) => /error (\w+)/.exec(stderr)?.[1])).toEqual([
      'NOT_FOUND',
      'REFUSED',
      'USAGE',
      'USAGE',
      'USAGE',
      'USAGE',
    ])

    asked('broker', 'revoke', device as string, '--reason', 'sold')
    await untilLink(false)
    const [invitation, help] = [
      gomeisa(['--data', data, 'broker', 'invite', ...person]),
      gomeisa(['broker', '--help']),
    ]
    expect(invitation.stdout).toContain(`--token gomeisa-enrol.`)
    expect(help.status).toBe(0)
  })

  it('says what is wrong, and how to go on', () => {
    const fails = (...args: string[]) => gomeisa(['--data', data, '--quiet', ...args])
    const unknown = '00000000-0000-4000-8000-000000000000'
    expect(fails('agent', 'status', '--home', join(folder, 'none'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('error NOT_ENROLLED'),
    })
    expect(fails('broker', 'lock', '--device', unknown, '--reason', 'x')).toMatchObject({ status: 2 })
    expect(fails('broker', 'lock', '--reason', 'x')).toMatchObject({ status: 2 })
    expect(fails('broker', 'unlock', unknown)).toMatchObject({ status: 2 })
    expect(fails('broker', 'trust', 'add', join(folder, 'none.pem'))).toMatchObject({ status: 2 })
    expect(fails('broker', 'trust', 'remove', 'a'.repeat(64))).toMatchObject({ status: 2 })
    const bad = ['broker', 'invite', '--person', 'a', '--device', 'b', '--at-least', 'best']
    expect(fails(...bad)).toMatchObject({ status: 2, stderr: expect.stringContaining('no level') })
    const nobody = ['agent', 'enroll', '--broker', 'http://x', '--token', 'y']
    expect(fails(...nobody, '--software', '--home', home)).toMatchObject({ status: 2 })
  })

  it('makes keys for clouds, and publishes each long enough', () => {
    interface Keys {
      readonly keys: readonly { readonly id: string; readonly signs: boolean }[]
    }
    const keys = (...args: string[]) => (asked('broker', 'issuer', ...args) as unknown as Keys).keys
    const set = () => {
      const { stdout } = gomeisa(['--data', data, 'broker', 'issuer', 'jwks'])
      return (JSON.parse(stdout) as { keys: Record<string, string>[] }).keys
    }
    const [first] = set()
    // No cloud that takes an uploaded set takes other fields.
    expect(Object.keys(first ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    expect(keys('rotate')).toMatchObject([{ id: first?.['kid'], signs: true }, { signs: false }])
    expect(set()).toHaveLength(2)
    const after = keys('rotate', '--compromised')
    expect(after).toMatchObject([{ signs: true }])
    expect(set().map(({ kid }) => kid)).toEqual([after[0]!.id])
    for (const args of [['turn'], ['rotate', '--after', 'soon']]) {
      const said = gomeisa(['--data', data, '--quiet', 'broker', 'issuer', ...args])
      expect(said).toMatchObject({ status: 2, stderr: expect.stringContaining('error USAGE') })
    }
  })

  it('trusts a maker and a single key', () => {
    const file = join(data, 'broker', 'authority.pem')
    expect(asked('broker', 'trust', 'add', file)).toEqual({ count: 1, devices: [] })
    asked('broker', 'trust', 'add', 'a'.repeat(64))
    const { trusted } = asked('broker', 'trust', 'list')
    expect((trusted as { kind: string }[]).map(({ kind }) => kind)).toEqual(['root', 'endorsement-key'])
    expect(asked('broker', 'trust', 'remove', file)).toMatchObject({ count: 1 })
  })
})
