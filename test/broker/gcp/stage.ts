import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, vi } from 'vitest'
import { AllowPolicies } from '../../../broker/connectors/gcp/allow-policies.ts'
import { Bindings } from '../../../broker/connectors/gcp/bindings.ts'
import { Grants } from '../../../broker/grants/grants.ts'
import { openGrantLedger } from '../../../broker/ledger/embedded-grant-ledger.ts'
import { policyService } from '../../fakes/gcp/policy-service.ts'
import { VirtualClock } from '../../fakes/grants/clock.ts'
import { localCertificate } from '../../fakes/tls.ts'
import { ledgerFile, signer } from '../grants-world.ts'

export const PROJECT = 'projects/shop-prod'
export const ROLE = 'roles/storage.objectViewer'
export const ANA = 'user:ana@example.com'
export const BINDING = {
  id: 'objects',
  resource: PROJECT,
  role: ROLE,
  members: new Map([
    ['ana@example.com', ANA],
    ['bo@example.com', 'user:bo@example.com'],
  ]),
}

/**
 * A broker's grants over Google's own library of credentials, before a fake of Resource Manager over TLS, which has a certificate
 * for other names, too.
 */
export async function stage(names: readonly string[] = []) {
  const tls = await localCertificate(names)
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, tls.certificate])
  const cloud = await policyService(tls)
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-gcp-'))
  const endpoint = `https://localhost:${cloud.port}`
  const [file, adc] = [join(folder, 'subject'), join(folder, 'adc.json')]
  writeFileSync(file, 'subject-token')
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${endpoint}/token`,
    credential_source: { file },
  }
  writeFileSync(adc, JSON.stringify(credentials))
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', adc)
  vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'shop-prod')
  const clock = new VirtualClock(Date.now())
  const waits: number[] = []
  const timing = {
    wait: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds)),
    random: () => 0.5,
  }
  const connector = new Bindings(new AllowPolicies({ endpoint }), [BINDING], timing)
  const grants = new Grants({
    ledger: openGrantLedger(ledgerFile(), signer),
    connectors: [connector],
    decide: () => Promise.resolve({ allow: true }),
    clock,
    mayForceClose: () => Promise.resolve(false),
    random: () => 0.5,
    newId: randomUUID,
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    setDefaultCACertificates(before)
    cloud.stop()
    rmSync(folder, { recursive: true })
  })
  const give = (person = 'ana@example.com', minutes = 60) => {
    const deadline = clock.now() + minutes * 60_000
    const asked = { person, entitlement: 'objects', connector: 'gcp-binding', reason: 'test', by: person }
    return grants.intend({ ...asked, deadline })
  }
  return { cloud, clock, waits, connector, grants, give, certificate: tls.certificate }
}
export type Stage = Awaited<ReturnType<typeof stage>>
