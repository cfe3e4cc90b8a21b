import type { AzureIdentity } from './documents.ts'

/** What the CLI calls a managed identity that is the only one. */
const IDENTITY = 'systemAssignedIdentity'

/**
 * The CLI's `azureProfile.json` as `az login --identity` writes it: one subscription, used as the managed identity. Without a subscription
 * the CLI takes the tenant in its place ("N/A(tenant level account)").
 */
export function cliProfile({ tenant, subscription }: AzureIdentity): string {
  const entry = {
    id: subscription ?? tenant,
    name: subscription === undefined ? 'N/A(tenant level account)' : 'Gomeisa',
    state: 'Enabled',
    user: { name: IDENTITY, type: 'servicePrincipal', assignedIdentityInfo: 'MSI' },
    isDefault: true,
    tenantId: tenant,
    environmentName: 'AzureCloud',
    homeTenantId: tenant,
    managedByTenants: [],
  }
  return JSON.stringify({ installationId: 'gomeisa', subscriptions: [entry] })
}
