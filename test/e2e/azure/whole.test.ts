import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConnectors } from '../../../app/broker/connectors/connector-file.ts'
import { openIssuer, SigningKeys } from '../../../broker/index.ts'
import type { JsonObject } from '../../../graph/index.ts'
import { APPLICATION, ISSUER, SUBSCRIPTION } from '../../broker/azure/federation-stage.ts'
import { stage } from '../../broker/azure/stage.ts'
import { directory } from '../../fakes/azure/directory.ts'
import { temporaryFolder } from '../command.ts'
import { catalogueOf, journey, LACKING_FOR_A_JOURNEY, type Journey } from '../journey.ts'
import { AZ, hasAz, HOW_TO_GET_AZ, LISTING, person } from './person.ts'

const lacking = LACKING_FOR_A_JOURNEY ?? (hasAz() ? undefined : HOW_TO_GET_AZ)
const { tenant, client } = APPLICATION
const catalogue = catalogueOf({ id: 'shop-deploy', cloud: 'azure', role: client, scope: tenant })

describe.skipIf(lacking !== undefined)(
  `from a TPM to az, and back by a kill${lacking === undefined ? '' : `: ${lacking}`}`,
  () => {
    let way: Journey
    let entra: ReturnType<typeof directory>
    let tools: ReturnType<typeof person>
    let groups: string
    const folder = temporaryFolder()

    beforeAll(async () => {
      const { cloud, certificate } = await stage()
      const endpoint = `https://localhost:${cloud.port}`
      groups = `${endpoint}/subscriptions/${SUBSCRIPTION}/resourcegroups?api-version=2021-04-01`
      const authority = join(folder, 'cloud.pem')
      writeFileSync(authority, certificate)
      const trust = { NODE_EXTRA_CA_CERTS: authority, REQUESTS_CA_BUNDLE: authority }
      tools = person({ HOME: folder, GROUPS: groups, ...trust })

      // What Entra would fetch from the issuer's address.
      const data = join(folder, 'operator')
      mkdirSync(data)
      const printed = await tools.gomeisa('--data', data, 'broker', 'issuer', 'jwks')
      const published = JSON.parse(printed.stdout) as JSONWebKeySet & JsonObject
      entra = directory({ tenant, client, jwks: () => published, now: Date.now })
      cloud.also = entra.also
      const keys = new SigningKeys(join(data, 'broker', 'issuer'), Date.now)
      const { tokens } = await openIssuer({ keys, issuer: ISSUER, now: Date.now })

      const resources = ['https://management.azure.com']
      const applications = [{ id: 'shop-deploy', tenant, client, resources, subscription: SUBSCRIPTION }]
      const given = { json: { azure: { endpoint, applications } }, file: 'connectors.json' }
      const connectors = await readConnectors(given, catalogue, Date.now, tokens)
      way = await journey({ folder, catalogue, connectors, run: tools.run })
    }, 90_000)
    afterAll(() => way.close())

    test('asked, approved by another person, used by the real tools, killed, refused', async () => {
      const { operator, resultOf, s } = way
      const grant = await way.granted('shop-deploy')
      expect([...entra.credentials.values()]).toMatchObject([{ issuer: ISSUER, subject: `grant:${grant}` }])

      const exec = (...command: string[]) =>
        tools.gomeisa('exec', '--home', s.laptop.home.folder, grant, '--', ...command)
      expect(await exec(...LISTING)).toEqual({
        status: 0,
        stdout: '200 shop true\n200 shop true\n',
        stderr: '',
      })
      const names = ['--query', 'value[].name', '-o', 'tsv', '--resource', 'https://management.azure.com']
      const listed = await exec(AZ, 'rest', '--url', groups, ...names)
      expect(listed).toMatchObject({ status: 0, stdout: 'shop\n' })
      const [kept = ''] = [...entra.given.keys()]

      // What the kill cuts off may be asked for once more by an open page.
      expect(s.complaints).toEqual([])
      const killed = await operator('kill', 'person', way.ana, '--reason', 'laptop stolen')
      expect(killed.status).toBe(0)
      const [left] = resultOf(killed)['grants'] as { deadBy: { worst: string } }[]
      // Nothing new is given. What was given before lives on, and the report says until when.
      expect(left).toMatchObject({
        id: grant,
        left: 'gone',
        useStopped: false,
        residual: 'until token expiry',
      })
      const minutes = (Date.parse(left?.deadBy.worst ?? '') - Date.now()) / 60_000
      expect(Math.round(minutes)).toBe(90)
      expect(entra.credentials.size).toBe(0)
      const answer = await fetch(groups, { headers: { Authorization: `Bearer ${kept}` } })
      expect(answer.status).toBe(200)
      const refused = await exec(AZ, 'rest', '--url', groups, ...names)
      expect(refused.status).not.toBe(0)
      expect(refused.stderr).toContain('the agent has no link to the broker')

      const log = await operator('audit', 'export')
      expect(log.stdout).toContain('"event":"grant.credentials-given"')
      expect(log.stdout).not.toMatch(/eyJ|access-[0-9a-f]/)
    }, 120_000)
  },
)
