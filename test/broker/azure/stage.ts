import { randomUUID } from 'node:crypto'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, vi } from 'vitest'
import { Assignments } from '../../../broker/connectors/azure/assignments.ts'
import { PimAssignments } from '../../../broker/connectors/azure/pim-assignments.ts'
import { ResourceManager } from '../../../broker/connectors/azure/resource-manager.ts'
import type { Connector } from '../../../broker/grants/connector.ts'
import { Grants } from '../../../broker/grants/grants.ts'
import { openGrantLedger } from '../../../broker/ledger/embedded-grant-ledger.ts'
import { resourceManager, type Thing } from '../../fakes/azure/resource-manager.ts'
import { VirtualClock } from '../../fakes/grants/clock.ts'
import { localCertificate } from '../../fakes/tls.ts'
import { ledgerFile, signer, type Around } from '../grants-world.ts'

export const SCOPE = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop'
export const ROLE = '/providers/Microsoft.Authorization/roleDefinitions/ACDD72A7-3385-48ef-bd42-f606fba81ae7'
export const ANA = 'aaaaaaaa-0000-4000-8000-000000000001'
const BO = 'bbbbbbbb-0000-4000-8000-000000000002'
const principals = new Map([
  ['ana@example.com', ANA],
  ['bo@example.com', BO],
])
/** What somebody else has given to Ana, at the same place. */
export const STANDING: Thing['properties'] = {
  scope: SCOPE,
  principalId: ANA,
  roleDefinitionId: `${SCOPE.split('/').slice(0, 3).join('/')}${ROLE.toLowerCase()}`,
}

/** A broker's grants by Microsoft's own library of credentials, before a fake of Azure Resource Manager over TLS. */
export async function stage() {
  const tls = await localCertificate()
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, tls.certificate])
  const clock = new VirtualClock(Date.now())
  const cloud = await resourceManager(tls, () => clock.now())
  const endpoint = `https://localhost:${cloud.port}`
  for (const name of ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID'])
    vi.stubEnv(name, undefined)
  vi.stubEnv('IDENTITY_ENDPOINT', `${endpoint}/msi/token`)
  vi.stubEnv('IDENTITY_HEADER', cloud.secret)
  const arm = new ResourceManager({ endpoint })
  const wait = () => Promise.resolve()
  const connectors = [
    new Assignments(arm, [{ id: 'plain', scope: SCOPE, role: ROLE, principals }]),
    new PimAssignments(arm, [{ id: 'pim', scope: SCOPE, role: ROLE, principals }], wait),
  ] as const
  afterAll(() => {
    vi.unstubAllEnvs()
    setDefaultCACertificates(before)
    cloud.stop()
  })
  const broker = (file: string, around?: Around, given: readonly Connector[] = connectors) => {
    const opened = openGrantLedger(file, signer)
    const ledger = around?.ledger(opened) ?? opened
    const grants = new Grants({
      ledger,
      connectors: given.map((each) => around?.cloud(each) ?? each),
      decide: () => Promise.resolve({ allow: true }),
      clock,
      mayForceClose: () => Promise.resolve(false),
      random: () => 0.5,
      newId: randomUUID,
    })
    return { grants, ledger: opened, close: () => opened.close() }
  }
  const { grants } = broker(ledgerFile())
  const wish = (kind: 'plain' | 'pim', person = 'ana@example.com', minutes = 60) => ({
    ...{ person, entitlement: kind, reason: 'test', by: person },
    connector: kind === 'plain' ? 'azure-assignment' : 'azure-pim',
    deadline: clock.now() + minutes * 60_000,
  })
  return { cloud, clock, connectors, broker, grants, wish, certificate: tls.certificate }
}
export type Stage = Awaited<ReturnType<typeof stage>>
