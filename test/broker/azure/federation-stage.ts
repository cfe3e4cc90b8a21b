import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { FederatedCredentials } from '../../../broker/connectors/azure/federated-credentials.ts'
import { Federation } from '../../../broker/connectors/azure/federation.ts'
import { TokenExchange } from '../../../broker/connectors/azure/token-exchange.ts'
import { openIssuer } from '../../../broker/issuer/open-issuer.ts'
import { SigningKeys } from '../../../broker/issuer/signing-keys.ts'
import { directory } from '../../fakes/azure/directory.ts'
import { stage } from './stage.ts'

export const ISSUER = 'https://broker.example.com'
export const APPLICATION = {
  tenant: '10000000-0000-4000-8000-000000000000',
  client: '20000000-0000-4000-8000-000000000000',
}
export const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555'
const RESOURCES = ['https://management.azure.com', 'https://vault.azure.net']

/** The stage of Azure with an application that believes the broker. */
export async function federationStage() {
  const s = await stage()
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-issuer-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const endpoint = `https://localhost:${s.cloud.port}`
  const now = () => s.clock.now()
  const keys = new SigningKeys(join(folder, 'issuer'), now)
  const { tokens } = openIssuer({ keys, issuer: ISSUER, now })
  const credentials = new FederatedCredentials({ endpoint })
  const exchange = new TokenExchange({ endpoint }, now)
  const entra = directory({ ...APPLICATION, jwks: () => keys.jwks(), now })
  s.cloud.also = entra.also
  const offered = [{ id: 'app', ...APPLICATION, resources: RESOURCES, subscription: SUBSCRIPTION }]
  const connector = new Federation({ credentials, exchange, tokens }, offered)
  const wish = () => ({ ...s.wish('plain'), entitlement: 'app', connector: connector.name })
  return { ...s, endpoint, keys, entra, connector, wish, wishFor: s.wish }
}
export type FederationStage = Awaited<ReturnType<typeof federationStage>>
