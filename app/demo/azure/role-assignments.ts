import { applicationsIn } from '../company/applications.ts'
import { peopleOf } from '../company/people.ts'
import { daysAgo } from '../clock.ts'
import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { found } from '../found.ts'
import { uuid } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { DIRECTORY_APPLICATIONS } from './applications.ts'
import { directoryGroupId } from './directory-groups.ts'
import { GUESTS } from './directory-users.ts'
import { MANAGED_IDENTITIES } from './managed-identities.ts'
import { storageAccountName, vaultName } from './resources.ts'
import { CUSTOM_ROLE, roleDefinitionName } from './role-definitions.ts'
import { SUBSCRIPTIONS, managementGroupScope, subscriptionNamed, subscriptionScope } from './subscriptions.ts'
import type { Subscription } from './subscriptions.ts'

type Principal = {
  readonly id: string
  readonly name: string
  readonly type: 'User' | 'Group' | 'ServicePrincipal'
}

/** Who has which role where. */
type Grant = {
  readonly principal: Principal
  readonly role: string
  readonly scope: string
  readonly condition?: string
}

function group(name: string): Principal {
  return { id: directoryGroupId(name), name, type: 'Group' }
}

function employee(team: string, index: number): Principal {
  const person = found(peopleOf(team)[index], `person ${index} of ${team}`)
  return { id: person.entraId, name: person.email, type: 'User' }
}

function guest(displayName: string): Principal {
  const each = found(
    GUESTS.find((candidate) => candidate.displayName === displayName),
    `guest ${displayName}`,
  )
  return { id: each.id, name: each.userPrincipalName, type: 'User' }
}

function application(name: string): Principal {
  const each = found(
    DIRECTORY_APPLICATIONS.find((candidate) => candidate.name === name),
    `application ${name}`,
  )
  return { id: each.servicePrincipalId, name: each.appId, type: 'ServicePrincipal' }
}

function grant(principal: Principal, role: string, scope: string, condition?: string): Grant {
  return condition === undefined ? { principal, role, scope } : { principal, role, scope, condition }
}

const root = managementGroupScope('lumenly')

/** Only blobs tagged as published. */
const PUBLISHED_ONLY =
  "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR " +
  "(@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:state<$key_case_sensitive$>] StringEquals 'published'))"

function resourceGroup(subscription: string, name: string): string {
  return `${subscriptionScope(subscription)}/resourceGroups/${name}`
}

/** What people and automations need. */
function ordinaryGrants(): Grant[] {
  const erp = subscriptionNamed('erp-prod')
  const invoices = `${resourceGroup('erp-prod', 'rg-invoicing-prod')}/providers/Microsoft.Storage/storageAccounts/${storageAccountName('invoicing', erp)}`
  return [
    grant(group('azure-security-readers'), 'Security Reader', root),
    grant(group('azure-security-readers'), 'Reader', root),
    grant(group('azure-cost-readers'), 'Cost Management Reader', root),
    grant(group('azure-network-operators'), 'Network Contributor', subscriptionScope('connectivity')),
    grant(group('azure-erp-operators'), 'Reader', subscriptionScope('erp-prod')),
    grant(group('azure-erp-operators'), CUSTOM_ROLE, resourceGroup('erp-prod', 'rg-invoicing-prod')),
    grant(group('azure-erp-operators'), 'Contributor', subscriptionScope('erp-staging')),
    grant(group('azure-support-operators'), 'Reader', subscriptionScope('support-prod')),
    grant(
      group('azure-support-operators'),
      'Website Contributor',
      resourceGroup('support-prod', 'rg-helpdesk-prod'),
    ),
    grant(group('azure-support-operators'), 'Contributor', subscriptionScope('support-dev')),
    grant(group('azure-it-operators'), 'Virtual Machine Contributor', subscriptionScope('corp-it')),
    grant(group('azure-it-operators'), 'Monitoring Reader', subscriptionScope('corp-it')),
    grant(group('azure-developers'), 'Contributor', subscriptionScope('sandbox')),
    grant(group('team-finance'), 'Storage Blob Data Reader', invoices, PUBLISHED_ONLY),
    grant(employee('security', 1), 'Key Vault Data Access Administrator', subscriptionScope('identity')),
    grant(application('terraform-azure'), 'Contributor', subscriptionScope('connectivity')),
    grant(application('github-deploy-erp'), 'Website Contributor', subscriptionScope('erp-prod')),
    grant(application('github-deploy-support'), 'Website Contributor', subscriptionScope('support-prod')),
    grant(application('sentinel-connector'), 'Log Analytics Reader', root),
    grant(application('cost-export'), 'Cost Management Reader', root),
    grant(application('erp-nightly-import'), 'SQL DB Contributor', resourceGroup('erp-prod', 'rg-erp-prod')),
  ]
}

/** The ordinary mess: standing owners, guests with too much, applications that nobody owns. */
function messyGrants(): Grant[] {
  return [
    grant(employee('it', 0), 'Owner', subscriptionScope('corp-it')),
    grant(employee('support', 0), 'Owner', subscriptionScope('support-dev')),
    grant(guest('Samuel Adjei'), 'Owner', subscriptionScope('sandbox')),
    grant(
      guest('Louise Garnier'),
      'User Access Administrator',
      resourceGroup('erp-staging', 'rg-erp-staging'),
    ),
    grant(application('legacy-crm-sync'), 'Contributor', subscriptionScope('support-prod')),
    grant(application('power-connector'), 'User Access Administrator', subscriptionScope('sandbox')),
    grant(application('backup-operator-2023'), 'Owner', subscriptionScope('corp-it')),
  ]
}

/** Managed identities read the secrets and write the blobs of their own application. */
function workloadGrants(): Grant[] {
  return MANAGED_IDENTITIES.flatMap((each) => {
    const place = `/subscriptions/${each.subscription.id}/resourceGroups/${each.resourceGroup}/providers`
    const principal: Principal = { id: each.principalId, name: each.clientId, type: 'ServicePrincipal' }
    return [
      grant(
        principal,
        'Key Vault Secrets User',
        `${place}/Microsoft.KeyVault/vaults/${vaultName(each.application, each.subscription)}`,
      ),
      grant(
        principal,
        each.name.includes('-jobs-') ? 'Storage Blob Data Contributor' : 'Storage Blob Data Reader',
        `${place}/Microsoft.Storage/storageAccounts/${storageAccountName(each.application, each.subscription)}`,
      ),
    ]
  })
}

/** Grants on production applications by the applications' own registrations. */
function registrationGrants(): Grant[] {
  return applicationsIn('azure')
    .filter(({ team }) => team === 'finance' || team === 'support')
    .map(({ name, team }) => {
      const subscription = team === 'finance' ? 'erp-prod' : 'support-prod'
      return grant(
        application(`${name}-prod`),
        'Azure Service Bus Data Sender',
        resourceGroup(subscription, `rg-${name}-prod`),
      )
    })
}

function row(subscription: Subscription, each: Grant): Record<string, unknown> {
  const name = uuid(`assignment/${each.principal.id}/${each.role}/${each.scope}`)
  const draws = drawsOf(`assignment/${name}`)
  const time = daysAgo(draws.between(20, 1000), draws.int(80_000)).replace('Z', '.000000+00:00')
  return {
    condition: each.condition ?? null,
    conditionVersion: each.condition === undefined ? null : '2.0',
    createdBy: '',
    createdOn: time,
    delegatedManagedIdentityResourceId: null,
    description: null,
    id: `${each.scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    principalId: each.principal.id,
    principalName: each.principal.name,
    principalType: each.principal.type,
    roleDefinitionId: `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionName(each.role)}`,
    roleDefinitionName: each.role,
    scope: each.scope,
    type: 'Microsoft.Authorization/roleAssignments',
    updatedBy: '',
    updatedOn: time,
  }
}

/**
 * `az role assignment list --all --subscription …`, one file a subscription.
 * Grants on management groups apply to every subscription, so each file repeats them, as the command does.
 */
export function roleAssignmentFiles(): DemoFile[] {
  const grants = [...ordinaryGrants(), ...messyGrants(), ...registrationGrants(), ...workloadGrants()]
  return SUBSCRIPTIONS.map((subscription) => {
    const here = `/subscriptions/${subscription.id}`
    const applying = grants.filter(
      ({ scope }) => scope === root || scope === here || scope.startsWith(`${here}/`),
    )
    return json(
      `azure/subscriptions/${subscription.id}/role-assignment-list.json`,
      applying.map((each) => row(subscription, each)),
    )
  })
}
