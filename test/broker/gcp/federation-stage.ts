import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { AllowPolicies } from '../../../broker/connectors/gcp/allow-policies.ts'
import { directAccess, impersonation } from '../../../broker/connectors/gcp/federation.ts'
import type { Connector } from '../../../broker/grants/connector.ts'
import { Grants } from '../../../broker/grants/grants.ts'
import { openIssuer } from '../../../broker/issuer/open-issuer.ts'
import { SigningKeys } from '../../../broker/issuer/signing-keys.ts'
import { openGrantLedger } from '../../../broker/ledger/embedded-grant-ledger.ts'
import { federationService } from '../../fakes/gcp/federation-service.ts'
import { ledgerFile, signer } from '../grants-world.ts'
import { PROJECT, ROLE, stage } from './stage.ts'

export const ISSUER = 'https://broker.example.com'
export const PROVIDER = 'projects/123456789/locations/global/workloadIdentityPools/gomeisa/providers/broker'
export const SA = 'lister@shop-prod.iam.gserviceaccount.com'
export const ACCOUNT = `projects/-/serviceAccounts/${SA}`

/**
 * A broker that issues tokens, and a cloud that believes the keys it was handed; the account may list objects by itself. With `names`
 * of Google's the person's tools are told Google's own addresses.
 */
export async function federationStage(names: readonly string[] = []) {
  const s = await stage(names)
  const endpoint = `https://localhost:${s.cloud.port}`
  const now = () => s.clock.now()
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-issuer-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const keys = new SigningKeys(join(folder, 'issuer'), now)
  const { tokens } = openIssuer({ keys, issuer: ISSUER, now })
  const { policies } = s.cloud
  const google = federationService({
    jwks: () => keys.jwks(),
    issuer: ISSUER,
    provider: PROVIDER,
    policies,
    now,
  })
  s.cloud.also = google.also
  const timing = { wait: () => Promise.resolve(), random: () => 0.5 }
  const away = names.length === 0 ? { endpoint } : {}
  const options = { policies: new AllowPolicies({ endpoint }), timing, tokens, ...away }
  const connectors: readonly Connector[] = [
    directAccess(options, [{ id: 'objects', provider: PROVIDER, resource: PROJECT, role: ROLE }]),
    impersonation(options, [{ id: 'lister', provider: PROVIDER, serviceAccount: SA, lifetimeSeconds: 600 }]),
    s.connector,
  ]
  const ledger = openGrantLedger(ledgerFile(), signer)
  const grants = new Grants({
    ...{ ledger, connectors, clock: s.clock, random: () => 0.5, newId: randomUUID },
    decide: () => Promise.resolve({ allow: true }),
    mayForceClose: () => Promise.resolve(false),
  })
  const standing = [{ role: ROLE, members: [`serviceAccount:${SA}`] }]
  s.cloud.put(PROJECT, standing)
  s.cloud.put(ACCOUNT, [])
  return { ...s, endpoint, keys, google, connectors, ledger, grants, standing }
}
export type FederationStage = Awaited<ReturnType<typeof federationStage>>
