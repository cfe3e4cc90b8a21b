import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AZURE_TOKENS, azureIdentity, cliProfile, managedIdentityDocument } from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import type { Tool } from '../tool.ts'

/** Everything by which a tool would take other credentials than those of the grant, or ask elsewhere for them. */
const OTHERS = [
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_USERNAME',
  'AZURE_PASSWORD',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'AZURE_SUBSCRIPTION_ID',
  'MSI_ENDPOINT',
  'MSI_SECRET',
  'IMDS_ENDPOINT',
  'IDENTITY_SERVER_THUMBPRINT',
  'ARM_CLIENT_ID',
  'ARM_CLIENT_SECRET',
  'ARM_CLIENT_CERTIFICATE',
  'ARM_CLIENT_CERTIFICATE_PATH',
  'ARM_OIDC_TOKEN',
  'ARM_OIDC_TOKEN_FILE_PATH',
  'ARM_USE_OIDC',
  'ARM_USE_MSI',
  'ARM_ACCESS_KEY',
  'ARM_SAS_TOKEN',
]

/** `az`, Azure's libraries, and whatever else takes a managed identity as App Service gives it, or asks `az`. */
export const azureTool: Tool = {
  name: 'azure',
  kind: AZURE_TOKENS,
  asksFirst: true,
  form: { header: 'x-identity-header', query: true },
  document: managedIdentityDocument,
  environment({ url, token, folder }, live) {
    const identity = azureIdentity(live)
    const config = join(folder, 'azure')
    mkdirSync(config, { mode: 0o700 })
    // As after `az login --identity`. The CLI keeps what it learns in its folder: here that is gone with the command.
    writeFileSync(join(config, 'azureProfile.json'), cliProfile(identity), { mode: 0o600 })
    const { tenant, subscription } = identity
    return {
      ...Object.fromEntries(OTHERS.map((name) => [name, undefined])),
      IDENTITY_ENDPOINT: url,
      IDENTITY_HEADER: token,
      AZURE_TENANT_ID: tenant,
      ARM_TENANT_ID: tenant,
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
      AZURE_CONFIG_DIR: config,
      ...(subscription !== undefined && {
        AZURE_SUBSCRIPTION_ID: subscription,
        ARM_SUBSCRIPTION_ID: subscription,
      }),
    }
  },
  setUp({ grant }) {
    throw new GomeisaError('USAGE', 'no tool of Azure has a file that names a command for credentials', {
      remedy: `gomeisa exec ${grant} -- az account show`,
    })
  },
}
