import { COMPANY } from '../company/company.ts'
import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { found } from '../found.ts'
import { uuid } from '../identifiers.ts'
import { TENANT_ID } from '../stories/dataset-path.ts'

export type GroupName = 'platform' | 'prod' | 'nonprod' | 'sandbox'

/** One subscription. */
export type Subscription = {
  readonly name: string
  readonly id: string
  readonly group: GroupName
  readonly environment: 'prod' | 'staging' | 'dev' | 'sandbox'
  readonly teams: readonly string[]
}

type Row = readonly [
  name: string,
  group: GroupName,
  environment: Subscription['environment'],
  teams: readonly string[],
]

const ROWS: readonly Row[] = [
  ['identity', 'platform', 'prod', []],
  ['connectivity', 'platform', 'prod', []],
  ['erp-prod', 'prod', 'prod', ['finance']],
  ['support-prod', 'prod', 'prod', ['support']],
  ['corp-it', 'prod', 'prod', ['it', 'people']],
  ['erp-staging', 'nonprod', 'staging', ['finance']],
  ['support-dev', 'nonprod', 'dev', ['support']],
  ['sandbox', 'sandbox', 'sandbox', ['it']],
]

export const SUBSCRIPTIONS: readonly Subscription[] = ROWS.map(([name, group, environment, teams]) => ({
  name,
  id: uuid(`azure/subscription/${name}`),
  group,
  environment,
  teams,
}))

const GROUPS: readonly GroupName[] = ['platform', 'prod', 'nonprod', 'sandbox']
const TYPE = 'Microsoft.Management/managementGroups'

export function subscriptionNamed(name: string): Subscription {
  return found(
    SUBSCRIPTIONS.find((subscription) => subscription.name === name),
    `subscription ${name}`,
  )
}

export function subscriptionScope(name: string): string {
  return `/subscriptions/${subscriptionNamed(name).id}`
}

/** The scope of a management group; `root` is the tenant's. */
export function managementGroupScope(name: GroupName | 'root' | 'lumenly'): string {
  return `/providers/${TYPE}/${name === 'root' ? TENANT_ID : name === 'lumenly' ? COMPANY.slug : `${COMPANY.slug}-${name}`}`
}

function node(
  name: GroupName | 'root' | 'lumenly',
  displayName: string,
  children: readonly unknown[],
): Record<string, unknown> {
  const id = managementGroupScope(name)
  return { children, displayName, id, name: id.slice(id.lastIndexOf('/') + 1), type: TYPE }
}

function tree(): Record<string, unknown> {
  const groups = GROUPS.map((group) =>
    node(
      group,
      group,
      SUBSCRIPTIONS.filter((subscription) => subscription.group === group).map((subscription) => ({
        children: null,
        displayName: `${COMPANY.slug}-${subscription.name}`,
        id: `/subscriptions/${subscription.id}`,
        name: subscription.id,
        type: '/subscriptions',
      })),
    ),
  )
  return node('root', 'Tenant Root Group', [node('lumenly', COMPANY.name, groups)])
}

/** `az account list`, `az account management-group list` and `… show --expand --recurse` of the root. */
export function hierarchyFiles(): DemoFile[] {
  const names = ['root' as const, 'lumenly' as const, ...GROUPS]
  const list = names.map((name) => {
    const id = managementGroupScope(name)
    const displayName = name === 'root' ? 'Tenant Root Group' : name === 'lumenly' ? COMPANY.name : name
    return { displayName, id, name: id.slice(id.lastIndexOf('/') + 1), tenantId: TENANT_ID, type: TYPE }
  })
  return [
    json('azure/account-list.json', [
      ...SUBSCRIPTIONS.map((subscription, index) => ({
        cloudName: 'AzureCloud',
        homeTenantId: TENANT_ID,
        id: subscription.id,
        isDefault: index === 0,
        managedByTenants: [],
        name: `${COMPANY.slug}-${subscription.name}`,
        state: 'Enabled',
        tenantDefaultDomain: COMPANY.domain,
        tenantDisplayName: COMPANY.name,
        tenantId: TENANT_ID,
        user: { name: `export@${COMPANY.domain}`, type: 'user' },
      })),
    ]),
    json('azure/management-group-list.json', list),
    json('azure/management-group-root.json', {
      ...tree(),
      details: {
        managementGroupAncestors: null,
        parent: null,
        updatedBy: uuid('azure/mg/updater'),
        updatedTime: '2023-02-14T09:30:11.000Z',
        version: 4,
      },
      tenantId: TENANT_ID,
    }),
  ]
}
