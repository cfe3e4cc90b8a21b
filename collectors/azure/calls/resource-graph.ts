import { type JsonObject, own, ownObject } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import { type AzureCall, rowsOf, some } from './call.ts'

const asked = {
  // Resource Graph shows what the caller may read, and nothing of the rest; it has no permission of its own.
  permissions: ['*/read'],
  lane: 'resource-graph',
  place: 'once',
  starts: () => [{}],
  yields: 'azure.resources',
  rows: 'data',
  id: idBy('id'),
  gap: 'resources',
  lost: 'which resources there are, and as whom they run, is not known',
  about: () => '*',
} as const satisfies Partial<AzureCall>

const how = (resourceQuery: string): AzureCall['how'] => ({
  service: 'arm',
  path: 'providers/Microsoft.ResourceGraph/resources',
  query: { 'api-version': '2024-04-01' },
  resourceQuery,
})

const COLUMNS = [
  'id',
  'name',
  'type',
  'location',
  'resourceGroup',
  'subscriptionId',
  'kind',
  'managedBy',
  'tags',
]

/** Resources of every subscription that the caller can read, by Resource Graph; sorted, so that a page leaves nothing out. */
export const RESOURCE_GRAPH_CALLS: readonly AzureCall[] = [
  {
    ...asked,
    name: 'resourcegraph:resources',
    how: how(
      `resources | extend principalId = tostring(properties.principalId), clientId = tostring(properties.clientId) ` +
        `| project ${COLUMNS.join(', ')}, identity, principalId, clientId | order by id asc`,
    ),
    keep: (page) => ({ data: rowsOf(page, 'data').map(resourceKept) }),
  },
  {
    ...asked,
    name: 'resourcegraph:resourceGroups',
    how: how(
      `resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' ` +
        `| project ${COLUMNS.join(', ')} | order by id asc`,
    ),
    keep: (page) => ({ data: rowsOf(page, 'data').map((row) => some(row, COLUMNS)) }),
  },
]

/** Properties, in which people put secrets, are not asked for; other resources than identities have no ids of a principal here. */
function resourceKept(row: JsonObject): JsonObject {
  const identity = ownObject(row, 'identity')
  return {
    ...some(row, COLUMNS),
    ...(identity === undefined
      ? {}
      : { identity: some(identity, ['type', 'principalId', 'tenantId', 'userAssignedIdentities']) }),
    ...Object.fromEntries(
      ['principalId', 'clientId'].flatMap((name) => {
        const value = own(row, name)
        return typeof value === 'string' && value !== '' ? [[name, value]] : []
      }),
    ),
  }
}
