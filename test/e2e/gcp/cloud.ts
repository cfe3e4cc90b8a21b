import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assetService, type Rules, type SeenCall } from '../../fakes/gcp/asset-service.ts'
import { restServices } from '../../fakes/gcp/rest-services.ts'
import { localCertificate } from '../../fakes/tls.ts'

export interface Cloud {
  readonly seen: SeenCall[]
  readonly rules: Rules
  /** What a command needs to speak to it with credentials of its own. */
  readonly env: Readonly<Record<string, string>>
  stop(): void
}

/** The fake Google Cloud, and credentials that are exchanged there (workload identity federation, from a file). */
export async function startCloud(folder: string): Promise<Cloud> {
  const tls = await localCertificate()
  const [ca, token, adc] = ['ca.pem', 'subject-token', 'credentials.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  writeFileSync(ca, tls.certificate)
  writeFileSync(token, 'subject-token')
  const seen: SeenCall[] = []
  const rules: Rules = { refuse: () => undefined, delay: 0 }
  const asset = await assetService(tls, seen, rules)
  const rest = await restServices(tls, seen, rules)
  const url = `https://127.0.0.1:${rest.port}/`
  writeFileSync(
    adc,
    JSON.stringify({
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${url}token`,
      credential_source: { file: token },
    }),
  )
  const override = (service: string, address: string) => [
    `CLOUDSDK_API_ENDPOINT_OVERRIDES_${service}`,
    address,
  ]
  return {
    seen,
    rules,
    env: {
      GOOGLE_APPLICATION_CREDENTIALS: adc,
      // Else the library asks Google itself which project the pool is in.
      GOOGLE_CLOUD_PROJECT: 'p0',
      NODE_EXTRA_CA_CERTS: ca,
      GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: ca,
      ...Object.fromEntries([
        override('CLOUDASSET', `https://localhost:${asset.port}/`),
        ...['IAM', 'CLOUDIDENTITY', 'PRIVILEGEDACCESSMANAGER', 'CLOUDRESOURCEMANAGER'].map((service) =>
          override(service, url),
        ),
      ]),
    },
    stop() {
      asset.stop()
      rest.stop()
    },
  }
}
