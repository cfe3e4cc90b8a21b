import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import setup from '../../../docs/schema/setup.json' with { type: 'json' }
import { federationStage, PROVIDER, SA, type FederationStage } from '../../broker/gcp/federation-stage.ts'
import { temporaryFolder } from '../command.ts'
import { enrolledPerson, type EnrolledPerson } from './enrolled-person.ts'

const ALLOW = { GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES: '1' }
const ajv = new Ajv2020({ strict: true })

describe("credentials of a grant in Google's tools", { timeout: 60_000 }, () => {
  let s: FederationStage
  let ana: EnrolledPerson
  let tools: EnrolledPerson['tools']
  let at: readonly string[]
  let config: string
  const folder = temporaryFolder()

  beforeAll(async () => {
    s = await federationStage()
    const authority = join(folder, 'cloud.pem')
    writeFileSync(authority, s.certificate)
    const objects = `${s.endpoint}/storage/v1/b/shop-prod/o`
    ana = await enrolledPerson(s, folder, { NODE_EXTRA_CA_CERTS: authority, OBJECTS: objects })
    ;({ tools, at, config } = ana)
  }, 60_000)
  afterAll(() => ana.stop())

  const minted = async () =>
    (await s.ledger.auditRecords(1, 10_000)).filter(({ event }) => event === 'grant.credentials-given').length
  const document = async (grant: string, extra: Record<string, string> = {}) => {
    const ran = await tools.gomeisa(['gcp', 'credentials', grant, ...at], extra)
    expect([ran.status, ran.stderr, ran.stdout.split('\n').length]).toEqual([0, '', 2])
    return JSON.parse(ran.stdout) as Record<string, unknown>
  }

  test('an executable: the document and nothing else, for what the library was configured for', async () => {
    const grant = await ana.active()
    const said = await document(grant)
    expect(said).toEqual({
      ...{ version: 1, success: true, token_type: 'urn:ietf:params:oauth:token-type:id_token' },
      id_token: expect.stringMatching(/^eyJ/),
      expiration_time: decodeJwt(String(said['id_token'])).exp,
    })
    const elsewhere = { GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE: `//iam.googleapis.com/${PROVIDER}x` }
    const impersonated = { GOOGLE_EXTERNAL_ACCOUNT_IMPERSONATED_EMAIL: SA }
    for (const each of [elsewhere, impersonated])
      expect(await document(grant, each)).toEqual({
        ...{ version: 1, success: false, code: 'REFUSED' },
        message: expect.stringContaining('the configuration is for another'),
      })
    expect(await document('no-such-grant')).toMatchObject({ success: false, code: 'REFUSED' })
  })

  test('setup, then the real library; killed: refused, at Google and here', async () => {
    const grant = await ana.active()
    const args = ['setup', 'gcp', grant, '--profile', 'objects', ...at, '--json']
    const first = await tools.gomeisa(args)
    expect([first.status, first.stderr]).toEqual([0, ''])
    const { result } = JSON.parse(first.stdout) as { result: { use: string } }
    expect(ajv.validate(setup, result), ajv.errorsText()).toBe(true)
    const file = join(config, 'gomeisa', 'objects.json')
    expect(result).toMatchObject({ file, changed: true, backup: null })
    const written = readFileSync(join(config, 'configurations', 'config_objects'), 'utf8')
    expect(written).toContain(`[auth]\ncredential_file_override = ${file}\n[core]\nproject = shop-prod\n`)
    expect(readFileSync(file, 'utf8')).not.toContain('eyJ')
    const again = await tools.gomeisa(['setup', 'gcp', grant, '--profile', 'objects', ...at])
    expect(again.stdout.match(/nothing to change/g)).toHaveLength(2)

    // As `setup` says.
    const adc = Object.fromEntries(
      result.use
        .split(' ')
        .flatMap((word) =>
          [...word.matchAll(/^(\w+)=(.*)$/g)].map(([, name = '', value = '']) => [name, value]),
        ),
    )
    expect(adc).toMatchObject({
      ...ALLOW,
      GOOGLE_APPLICATION_CREDENTIALS: file,
      GOOGLE_CLOUD_PROJECT: 'shop-prod',
    })
    const [used, before] = [await tools.lists({ ...adc, TIMES: '10' }), await minted()]
    expect([used.stderr, used.stdout.trim().split('\n')]).toEqual([
      '',
      Array.from({ length: 10 }, () => expect.stringContaining(`/subject/${grant}:ana@example.com`)),
    ])
    await Promise.all(Array.from({ length: 4 }, () => document(grant)))
    expect(await minted()).toBe(before)

    await s.grants.kill({ grant }, 'ops', 'stolen')
    expect((await tools.lists(adc)).stdout).toContain('the grant is not active')
    expect((await s.grants.step(grant)).state).toBe('revoked')
  })

  test('setup keeps what is not ours', async () => {
    const file = join(config, 'gomeisa', 'theirs.json')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '{"type":"service_account"}')
    const grant = await ana.active()
    const refused = await tools.gomeisa(['setup', 'gcp', grant, '--profile', 'theirs', ...at])
    expect([refused.status, readFileSync(file, 'utf8')]).toEqual([2, '{"type":"service_account"}'])
    const named = await tools.gomeisa(['setup', 'gcp', grant, '--profile', 'Default', ...at])
    expect([named.status, named.stderr]).toEqual([2, expect.stringContaining('error USAGE')])
    expect(readdirSync(dirname(file))).not.toContain('Default.json')
  })

  test('exec: the real library over the loopback endpoint, by a service account, nothing of the person in sight', async () => {
    const grant = await ana.active('gcp-impersonation', 'lister')
    const own = { GOOGLE_CREDENTIALS: '{"theirs":1}', CLOUDSDK_CORE_ACCOUNT: 'theirs@example.com' }
    const ran = await tools.gomeisa(['exec', ...at, grant, '--', ...tools.listing], own)
    expect([ran.status, ran.stderr, ran.stdout]).toEqual([0, '', `serviceAccount:${SA}\n`])
    const shell =
      'env; stat -c "mode %a" "$GOOGLE_APPLICATION_CREDENTIALS"; cat "$GOOGLE_APPLICATION_CREDENTIALS"; exit 7'
    const shown = await tools.gomeisa(['exec', ...at, grant, '--', 'sh', '-c', shell], own)
    expect(shown.status).toBe(7)
    expect(shown.stdout).toContain('mode 600')
    expect(shown.stdout).toContain('GOOGLE_CLOUD_PROJECT=shop-prod')
    expect(shown.stdout).not.toMatch(/theirs|eyJ|ya29/)
    const file = /CREDENTIALS=(\S+)/.exec(shown.stdout)?.[1] ?? ''
    expect(existsSync(dirname(file))).toBe(false)
  })

  test('where the person uses their own login, everything says so and nothing fails', async () => {
    const grant = await ana.active('gcp-binding', 'objects')
    const says = 'the grant is active, and your own login of the cloud has the access: use that'
    expect(await document(grant)).toEqual({ version: 1, success: false, code: 'OWN_LOGIN', message: says })
    const ran = await tools.gomeisa(['exec', ...at, grant, '--', 'sh', '-c', 'echo ran; exit 3'])
    expect(ran).toEqual({ status: 3, stdout: 'ran\n', stderr: expect.stringContaining('your own login') })
    const set = await tools.gomeisa(['setup', 'gcp', grant, ...at, '--json'])
    const { result } = JSON.parse(set.stdout) as { result: object }
    expect(ajv.validate(setup, result), ajv.errorsText()).toBe(true)
    expect(result).toMatchObject({ file: null, use: says })
    await s.grants.revoke(grant, 'ops', 'done')
    await s.grants.step(grant)
    expect((await tools.gomeisa(['exec', ...at, grant, '--', 'true'])).status).toBe(2)
  })
})
