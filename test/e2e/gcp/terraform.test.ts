import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { federationStage, type FederationStage } from '../../broker/gcp/federation-stage.ts'
import { temporaryFolder } from '../command.ts'
import { enrolledPerson, type EnrolledPerson } from './enrolled-person.ts'

const TERRAFORM = process.env['GOMEISA_TERRAFORM'] ?? 'terraform'
const there = spawnSync(TERRAFORM, ['version']).status === 0
const how = 'skipped: no terraform (go install github.com/hashicorp/terraform@v1.5.7, GOMEISA_TERRAFORM)'
const GOOGLE = ['sts.googleapis.com', 'storage.googleapis.com']
const STATE = {
  ...{ version: 4, terraform_version: '1.5.7', serial: 1, lineage: 'a', resources: [] },
  outputs: { owner: { value: 'nobody', type: 'string' } },
}

describe.skipIf(!there)(`terraform plan under exec${there ? '' : `: ${how}`}`, () => {
  let s: FederationStage
  let ana: EnrolledPerson
  const folder = temporaryFolder()
  const project = join(folder, 'project')
  /** Tools that insist on Google's addresses reach the fake through it. */
  const tunnel = createServer((_, answer) => answer.writeHead(405).end())
  tunnel.on('connect', (request, socket, head) => {
    const known = GOOGLE.includes(new URL(`https://${request.url ?? ''}`).hostname)
    const onward = connect(known ? s.cloud.port : 9, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    for (const each of [onward, socket])
      each.on('error', () => [onward, socket].forEach((end) => end.destroy()))
  })

  beforeAll(async () => {
    s = await federationStage(GOOGLE)
    await new Promise<void>((done) => tunnel.listen(0, '127.0.0.1', done))
    mkdirSync(project)
    const text =
      'terraform {\n  backend "gcs" {\n    bucket = "shop-prod"\n  }\n}\noutput "owner" {\n  value = "ana"\n}\n'
    writeFileSync(join(project, 'main.tf'), text)
    const settings = join(folder, 'terraformrc')
    writeFileSync(settings, '')
    const authority = join(folder, 'cloud.pem')
    writeFileSync(authority, s.certificate)
    const { port } = tunnel.address() as AddressInfo
    ana = await enrolledPerson(s, folder, {
      ...{ SSL_CERT_FILE: authority, HTTPS_PROXY: `http://127.0.0.1:${port}`, CHECKPOINT_DISABLE: '1' },
      ...{ TF_IN_AUTOMATION: '1', TF_CLI_CONFIG_FILE: settings },
    })
  }, 60_000)
  afterAll(async () => {
    await ana.stop()
    tunnel.closeAllConnections()
    tunnel.close()
  })

  test('its state is read with the grant, and not without it', async () => {
    s.google.objects.set('default.tfstate', JSON.stringify(STATE))
    const grant = await ana.active()
    const terraform = (...args: string[]) =>
      ana.tools.gomeisa([
        'exec',
        ...ana.at,
        grant,
        '--',
        TERRAFORM,
        `-chdir=${project}`,
        ...args,
        '-no-color',
      ])
    expect(await terraform('init', '-input=false')).toMatchObject({ status: 0, stderr: '' })
    const planned = await terraform('plan', '-input=false', '-lock=false')
    expect(planned).toMatchObject({ status: 0, stderr: '' })
    expect(planned.stdout).toContain('owner = "nobody" -> "ana"')
    expect([...s.google.agents].some((name) => name.includes('Go-http-client'))).toBe(true)

    const without = await ana.tools.run(TERRAFORM, [
      `-chdir=${project}`,
      'plan',
      '-input=false',
      '-lock=false',
    ])
    expect(without.status).not.toBe(0)
    await s.grants.kill({ grant }, 'ops', 'stolen')
    const killed = await terraform('plan', '-input=false', '-lock=false')
    expect([killed.status, killed.stderr]).toEqual([2, expect.stringContaining('the grant is not active')])
  }, 60_000)
})
