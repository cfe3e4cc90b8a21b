import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { azureConnectors } from '../../broker/connectors/azure/connectors.ts'
import { gcpConnectors } from '../../broker/connectors/gcp/connectors.ts'
import type { Connector } from '../../broker/grants/connector.ts'
import { directory } from '../fakes/azure/directory.ts'
import { groupsService } from '../fakes/azure/groups.ts'
import { resourceManager, type Also } from '../fakes/azure/resource-manager.ts'
import { policyService } from '../fakes/gcp/policy-service.ts'
import { localCertificate } from '../fakes/tls.ts'

/** Connectors before a cloud on this machine; each is offered one entitlement, of the connector's own name. */
export interface Stand {
  readonly connectors: readonly Connector[]
  /** Calls to the cloud so far, those for the broker's own token left out. */
  readonly calls: () => number
  /** The cloud's clock, milliseconds since 1970. */
  readonly now: () => number
  /** Lets that many milliseconds pass at the cloud. */
  readonly pass: (milliseconds: number) => void
  readonly stop: () => void
}

const id = (n: number) => `${n}0000000-0000-4000-8000-000000000000`
const unused = () => Promise.reject(new TypeError('no token is made here'))
const tokens = { issuer: 'https://broker.example.com', mint: unused }

// One for both: they would have one name, and clients could not tell which is meant.
const tls = await localCertificate()
setDefaultCACertificates([...getCACertificates('default'), tls.certificate])

/** Google Cloud over TLS: allow policies that hold one binding already. */
export async function gcpStand(person: string): Promise<Stand> {
  const cloud = await policyService(tls)
  const endpoint = `https://localhost:${cloud.port}`
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
  const [file, adc] = [join(folder, 'subject'), join(folder, 'adc.json')]
  writeFileSync(file, 'subject-token')
  const pool = 'projects/1/locations/global/workloadIdentityPools/pool/providers/broker'
  const credentials = {
    type: 'external_account',
    audience: `//iam.googleapis.com/${pool}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${endpoint}/token`,
    credential_source: { file },
  }
  writeFileSync(adc, JSON.stringify(credentials))
  Object.assign(process.env, { GOOGLE_APPLICATION_CREDENTIALS: adc, GOOGLE_CLOUD_PROJECT: 'shop-prod' })
  const [resource, role] = ['projects/shop-prod', 'roles/storage.objectViewer']
  const serviceAccount = 'lister@shop-prod.iam.gserviceaccount.com'
  cloud.put(resource, [{ role, members: [`serviceAccount:${serviceAccount}`] }])
  cloud.put(`projects/-/serviceAccounts/${serviceAccount}`, [])
  const members = new Map([[person, `user:${person}`]])
  const connectors = gcpConnectors({
    endpoint,
    bindings: [{ id: 'gcp-binding', resource, role, members }],
    federated: [{ id: 'gcp-federated', provider: pool, resource, role }],
    impersonations: [{ id: 'gcp-impersonation', provider: pool, serviceAccount }],
    tokens,
  })
  const stop = () => {
    cloud.stop()
    rmSync(folder, { recursive: true })
  }
  return { connectors, calls: () => cloud.seen.length, now: Date.now, pass: () => undefined, stop }
}

/** Azure Resource Manager and Graph over TLS; the group has 20 other members, which come two a page. */
export async function azureStand(person: string): Promise<Stand> {
  let [passed, calls] = [0, 0]
  const now = () => Date.now() + passed
  const cloud = await resourceManager(tls, now)
  const endpoint = `https://localhost:${cloud.port}`
  Object.assign(process.env, { IDENTITY_ENDPOINT: `${endpoint}/msi/token`, IDENTITY_HEADER: cloud.secret })
  const [tenant, client, group] = [id(1), id(2), id(3)]
  const entra = directory({ tenant, client, jwks: () => ({ keys: [] }), now })
  const graph = groupsService()
  const others = Array.from({ length: 20 }, (_, n) => id(4).replace(/..$/, String(n + 10)))
  graph.groups.set(group, { about: { groupTypes: [] }, members: new Set(others) })
  const also: Also = (...asked) => {
    calls++
    return graph.also(...asked) ?? entra.also(...asked)
  }
  cloud.also = also
  const principals = new Map([[person, id(5)]])
  const place = (n: number) => ({ scope: `/subscriptions/${id(n)}`, principals })
  const role = `/providers/Microsoft.Authorization/roleDefinitions/${id(6)}`
  const connectors = azureConnectors({
    endpoint,
    assignments: [{ id: 'azure-assignment', role, ...place(7) }],
    pim: [{ id: 'azure-pim', role, ...place(8) }],
    applications: [{ id: 'azure-federated', tenant, client, resources: ['https://management.azure.com'] }],
    groups: [{ id: 'azure-group', tenant, group, principals }],
    tokens,
    now,
  })
  const pass = (milliseconds: number) => {
    passed += milliseconds
  }
  return { connectors, calls: () => calls, now, pass, stop: cloud.stop }
}
