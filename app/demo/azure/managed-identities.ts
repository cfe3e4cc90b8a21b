import { applicationsIn } from '../company/applications.ts'
import { uuid } from '../identifiers.ts'
import { SUBSCRIPTIONS } from './subscriptions.ts'
import type { Subscription } from './subscriptions.ts'

/** A user-assigned managed identity: what an application runs as. */
export type ManagedIdentity = {
  readonly name: string
  readonly application: string
  readonly subscription: Subscription
  readonly resourceGroup: string
  readonly resourceId: string
  readonly principalId: string
  readonly clientId: string
}

export function resourceGroupOf(application: string, subscription: Subscription): string {
  return `rg-${application}-${subscription.environment}`
}

function identity(application: string, part: string, subscription: Subscription): ManagedIdentity {
  const name = `id-${application}-${part}-${subscription.environment}`
  const resourceGroup = resourceGroupOf(application, subscription)
  const place = `/subscriptions/${subscription.id}/resourcegroups/${resourceGroup}`
  return {
    name,
    application,
    subscription,
    resourceGroup,
    resourceId: `${place}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
    principalId: uuid(`azure/identity/${name}/${subscription.name}`),
    clientId: uuid(`azure/identity-client/${name}/${subscription.name}`),
  }
}

/** Two for each application in each subscription of its team: the web part and the background part. */
export const MANAGED_IDENTITIES: readonly ManagedIdentity[] = SUBSCRIPTIONS.flatMap((subscription) =>
  applicationsIn('azure')
    .filter((application) => subscription.teams.includes(application.team))
    .flatMap(({ name }) => ['web', 'jobs'].map((part) => identity(name, part, subscription))),
)
