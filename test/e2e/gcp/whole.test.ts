import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConnectors } from '../../../app/broker/connectors/connector-file.ts'
import { openIssuer, SigningKeys } from '../../../broker/index.ts'
import { federationService } from '../../fakes/gcp/federation-service.ts'
import { ISSUER, PROVIDER } from '../../broker/gcp/federation-stage.ts'
import { PROJECT, ROLE, stage, type Stage } from '../../broker/gcp/stage.ts'
import { temporaryFolder } from '../command.ts'
import { catalogueOf, journey, LACKING_FOR_A_JOURNEY, type Journey } from '../journey.ts'
import { person } from './person.ts'

const lacking = LACKING_FOR_A_JOURNEY
const catalogue = catalogueOf({ id: 'objects', cloud: 'gcp', role: ROLE, scope: PROJECT })

describe.skipIf(lacking !== undefined)(
  `from a TPM to Google's library, and back by a kill${lacking === undefined ? '' : `: ${lacking}`}`,
  () => {
    let way: Journey
    let cloud: Stage['cloud']
    let tools: ReturnType<typeof person>
    let handedOver: JSONWebKeySet
    const folder = temporaryFolder()

    beforeAll(async () => {
      const google = await stage()
      cloud = google.cloud
      const endpoint = `https://localhost:${cloud.port}`
      const authority = join(folder, 'cloud.pem')
      writeFileSync(authority, google.certificate)
      const env = { HOME: folder, CLOUDSDK_CONFIG: join(folder, 'gcloud'), NODE_EXTRA_CA_CERTS: authority }
      tools = person({ ...env, OBJECTS: `${endpoint}/storage/v1/b/shop-prod/o` })
      cloud.put(PROJECT, [])

      // The keys are the operator's: made and handed over by the command, used by the broker.
      const data = join(folder, 'operator')
      mkdirSync(data)
      const printed = await tools.gomeisa(['--data', data, 'broker', 'issuer', 'jwks'])
      handedOver = JSON.parse(printed.stdout) as JSONWebKeySet
      const { policies } = cloud
      const believing = { issuer: ISSUER, provider: PROVIDER, policies, now: Date.now }
      cloud.also = federationService({ ...believing, jwks: () => handedOver }).also
      const keys = new SigningKeys(join(data, 'broker', 'issuer'), Date.now)
      const { tokens } = await openIssuer({ keys, issuer: ISSUER, now: Date.now })

      const federated = [{ id: 'objects', provider: PROVIDER, resource: PROJECT, role: ROLE }]
      const given = { json: { gcp: { endpoint, federated } }, file: 'connectors.json' }
      const connectors = await readConnectors(given, catalogue, Date.now, tokens)
      way = await journey({ folder, catalogue, connectors, run: tools.run })
    }, 90_000)
    afterAll(() => way.close())

    test('asked, approved by another person, used by the real library, killed, refused', async () => {
      const { gomeisa, operator, resultOf, s } = way
      const grant = await way.granted('objects')
      const subject = `principal://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/gomeisa/subject/${grant}:${way.ana}`
      expect(cloud.policies.get(PROJECT)?.bindings).toMatchObject([{ role: ROLE, members: [subject] }])

      const home = ['--home', s.laptop.home.folder]
      const setup = await gomeisa('setup', 'gcp', grant, '--profile', 'objects', ...home)
      expect([setup.status, setup.stderr]).toEqual([0, ''])
      const file = join(folder, 'gcloud', 'gomeisa', 'objects.json')
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ type: 'external_account' })
      const adc = {
        ...{ GOOGLE_APPLICATION_CREDENTIALS: file, GOOGLE_CLOUD_PROJECT: 'shop-prod' },
        GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES: '1',
      }
      expect(await tools.lists(adc)).toEqual({ status: 0, stdout: `${subject}\n`, stderr: '' })
      const ran = await tools.gomeisa(['exec', ...home, grant, '--', ...tools.listing])
      expect(ran).toEqual({ status: 0, stdout: `${subject}\n`, stderr: '' })
      const printed = await tools.gomeisa(['gcp', 'credentials', grant, ...home])
      const { id_token: token } = JSON.parse(printed.stdout) as { id_token: string }
      const { payload } = await jwtVerify(token, createLocalJWKSet(handedOver), { issuer: ISSUER })
      expect(payload).toMatchObject({ person: way.ana, grant, device: s.laptop.device.id })
      expect(decodeProtectedHeader(token).alg).toBe('RS256')

      // What the kill cuts off may be asked for once more by an open page.
      expect(s.complaints).toEqual([])
      const killed = await operator('kill', 'person', way.ana, '--reason', 'laptop stolen')
      expect(killed.status).toBe(0)
      const report = resultOf(killed)
      expect(report['grants']).toMatchObject([{ id: grant, left: 'gone', residual: 'none' }])
      expect(cloud.policies.get(PROJECT)?.bindings).toEqual([])
      expect((await tools.lists(adc)).stdout).toContain('the agent has no link to the broker')
      // The token that was taken before is still good for the exchange, and for nothing else.
      const kept = join(folder, 'kept')
      writeFileSync(kept, token)
      const from = JSON.parse(readFileSync(file, 'utf8')) as object
      const copied = join(folder, 'copied.json')
      writeFileSync(copied, JSON.stringify({ ...from, credential_source: { file: kept } }))
      const late = await tools.lists({ ...adc, GOOGLE_APPLICATION_CREDENTIALS: copied })
      expect(late.stdout).toMatch(/^error 403/)

      const log = await operator('audit', 'export')
      expect(log.stdout).toContain('"event":"grant.credentials-given"')
      expect(log.stdout).not.toMatch(/eyJ|ya29/)
    }, 240_000)
  },
)
