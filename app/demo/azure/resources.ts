import { applicationsIn } from '../company/applications.ts'
import type { Application } from '../company/applications.ts'
import { daysAgo } from '../clock.ts'
import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { hex } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { MANAGED_IDENTITIES, resourceGroupOf } from './managed-identities.ts'
import { SUBSCRIPTIONS } from './subscriptions.ts'
import type { Subscription } from './subscriptions.ts'

/** A row of `az resource list`. */
type ResourceRow = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string }

type Tags = Readonly<Record<string, string>>

function row(
  subscription: Subscription,
  group: string,
  type: string,
  name: string,
  tags: Tags | null,
): ResourceRow {
  const draws = drawsOf(`azure/resource/${subscription.name}/${group}/${type}/${name}`)
  const created = daysAgo(draws.between(60, 1200), draws.int(80_000))
  return {
    changedTime: created,
    createdTime: created,
    extendedLocation: null,
    id: `/subscriptions/${subscription.id}/resourceGroups/${group}/providers/${type}/${name}`,
    identity: null,
    kind: null,
    location: 'westeurope',
    managedBy: null,
    name,
    plan: null,
    properties: null,
    provisioningState: 'Succeeded',
    resourceGroup: group,
    sku: null,
    tags,
    type,
  }
}

/** Names of storage accounts are global: letters and digits only. */
export function storageAccountName(application: string, subscription: Subscription): string {
  return `st${application.replaceAll('-', '').slice(0, 12)}${hex(`storage/${application}/${subscription.name}`, 6)}`
}

export function vaultName(application: string, subscription: Subscription): string {
  return `kv-${application.slice(0, 10)}-${hex(`vault/${application}/${subscription.name}`, 5)}`
}

/** Kinds of which an application has several, with how many at least and at most. */
const MANY = [
  ['Microsoft.Compute/virtualMachines', 'vm', 2, 6],
  ['Microsoft.Compute/disks', 'disk', 4, 9],
  ['Microsoft.Network/networkInterfaces', 'nic', 4, 9],
  ['Microsoft.Web/sites', 'app', 2, 5],
  ['Microsoft.ServiceBus/namespaces', 'sb', 1, 2],
  ['Microsoft.Insights/metricAlerts', 'alert', 6, 14],
  ['Microsoft.Insights/components', 'insights', 2, 4],
  ['Microsoft.Network/privateEndpoints', 'pe', 3, 7],
] as const

function applicationRows(subscription: Subscription, application: Application): ResourceRow[] {
  const { name } = application
  const group = resourceGroupOf(name, subscription)
  const draws = drawsOf(`azure/inventory/${subscription.name}/${name}`)
  const tags: Tags = {
    env: subscription.environment,
    team: application.team,
    app: name,
    'data-classification': subscription.environment === 'prod' ? application.classification : 'internal',
  }
  const add = (type: string, resource: string) => row(subscription, group, type, resource, tags)
  return [
    add('Microsoft.Storage/storageAccounts', storageAccountName(name, subscription)),
    add('Microsoft.KeyVault/vaults', vaultName(name, subscription)),
    add('Microsoft.Sql/servers', `sql-${name}-${subscription.environment}`),
    add('Microsoft.Sql/servers/databases', `sql-${name}-${subscription.environment}/${name}`),
    ...MANAGED_IDENTITIES.filter(
      (each) => each.subscription === subscription && each.application === name,
    ).map((each) => add('Microsoft.ManagedIdentity/userAssignedIdentities', each.name)),
    ...MANY.flatMap(([type, prefix, low, high]) =>
      Array.from({ length: draws.between(low, high) }, (_, index) =>
        row(subscription, group, type, `${prefix}-${name}-${String(index)}`, draws.chance(0.9) ? tags : null),
      ),
    ),
  ]
}

function networkRows(subscription: Subscription): ResourceRow[] {
  const group = `rg-network-${subscription.name}`
  const tags = { env: subscription.environment, team: 'platform' }
  return [
    row(subscription, group, 'Microsoft.Network/virtualNetworks', `vnet-${subscription.name}`, tags),
    ...Array.from({ length: 6 }, (_, index) =>
      row(
        subscription,
        group,
        'Microsoft.Network/networkSecurityGroups',
        `nsg-${subscription.name}-${String(index)}`,
        tags,
      ),
    ),
    row(subscription, group, 'Microsoft.OperationalInsights/workspaces', `log-${subscription.name}`, tags),
  ]
}

export function resourceRows(subscription: Subscription): ResourceRow[] {
  const applications = applicationsIn('azure').filter((application) =>
    subscription.teams.includes(application.team),
  )
  return [
    ...networkRows(subscription),
    ...applications.flatMap((application) => applicationRows(subscription, application)),
  ]
}

/** `az resource list --subscription …`, one file a subscription. */
export function resourceFiles(): DemoFile[] {
  return SUBSCRIPTIONS.map((subscription) =>
    json(`azure/subscriptions/${subscription.id}/resource-list.json`, resourceRows(subscription)),
  )
}
