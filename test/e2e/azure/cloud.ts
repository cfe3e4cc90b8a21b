import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TENANT } from '../../fakes/azure/planted.ts'
import { azureService, type Rules, type Seen } from '../../fakes/azure/service.ts'
import { localCertificate } from '../../fakes/tls.ts'

export interface Cloud {
  readonly seen: Seen[]
  readonly rules: Rules
  /** What a command needs to speak to it: credentials, and where it is. */
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  stop(): void
}

/** The fake Azure, and an application's secret that is exchanged there for a token. */
export async function startCloud(folder: string): Promise<Cloud> {
  const tls = await localCertificate()
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, tls.certificate)
  const seen: Seen[] = []
  const rules: Rules = { refuse: () => undefined, delay: 0 }
  const service = await azureService(tls, seen, rules)
  const { url } = service
  return {
    seen,
    rules,
    env: {
      AZURE_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: '11111111-0000-4000-8000-000000000000',
      AZURE_CLIENT_SECRET: 'client-secret',
      AZURE_AUTHORITY_HOST: url,
      NODE_EXTRA_CA_CERTS: ca,
    },
    args: ['--arm-url', url, '--graph-url', url],
    stop() {
      service.stop()
    },
  }
}
