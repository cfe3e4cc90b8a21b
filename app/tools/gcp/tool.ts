import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  credentialConfiguration,
  GCP_CREDENTIALS,
  projectOf,
  urlDocument,
  urlSource,
} from '../../../broker/index.ts'
import type { Tool } from '../tool.ts'
import { setUpConfiguration } from './configuration-files.ts'

/** Everything by which a tool would take other credentials, or become somebody else with those of the grant. */
const OTHERS = [
  'GOOGLE_CREDENTIALS',
  'GOOGLE_CLOUD_KEYFILE_JSON',
  'GCLOUD_KEYFILE_JSON',
  'GOOGLE_OAUTH_ACCESS_TOKEN',
  'GOOGLE_BACKEND_CREDENTIALS',
  'GOOGLE_IMPERSONATE_SERVICE_ACCOUNT',
  'GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT',
  'GOOGLE_API_CERTIFICATE_CONFIG',
  'GOOGLE_GHA_CREDS_PATH',
  'CLOUDSDK_AUTH_ACCESS_TOKEN',
  'CLOUDSDK_AUTH_ACCESS_TOKEN_FILE',
  'CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT',
  'CLOUDSDK_CORE_ACCOUNT',
  'CLOUDSDK_ACTIVE_CONFIG_NAME',
]

/** gcloud, Google's libraries, Terraform and whatever else takes application default credentials. */
export const gcpTool: Tool = {
  name: 'gcp',
  kind: GCP_CREDENTIALS,
  asksFirst: true,
  document: urlDocument,
  environment({ url, token, folder }, live) {
    const [file, config] = [join(folder, 'credentials.json'), join(folder, 'gcloud')]
    writeFileSync(file, credentialConfiguration(live, urlSource(url, token)), { mode: 0o600 })
    mkdirSync(config, { mode: 0o700 })
    const project = projectOf(live)
    return {
      ...Object.fromEntries(OTHERS.map((name) => [name, undefined])),
      GOOGLE_APPLICATION_CREDENTIALS: file,
      // gcloud keeps accounts and access tokens in its folder: here they are gone with the command.
      CLOUDSDK_CONFIG: config,
      CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE: file,
      ...(project !== undefined && { GOOGLE_CLOUD_PROJECT: project, CLOUDSDK_CORE_PROJECT: project }),
    }
  },
  setUp: setUpConfiguration,
}
