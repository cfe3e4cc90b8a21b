import { type Json, type JsonObject, ownList, isObject, ownObject } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import { type AzureCall, rowsOf, some } from './call.ts'

/**
 * Registrations of Azure Lighthouse, of subscriptions and of resource groups alike: the listing of a scope by Resource Manager
 * does not tell those below it.
 * https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources#managedservicesresources
 */
export const LIGHTHOUSE_CALLS: readonly AzureCall[] = [
  {
    name: 'resourcegraph:managedServices',
    // Resource Graph shows what the caller may read; it has no permission of its own.
    permissions: ['*/read'],
    lane: 'resource-graph',
    place: 'once',
    starts: () => [{}],
    yields: 'azure.lighthouse',
    rows: 'data',
    id: idBy('id'),
    gap: 'delegations',
    lost: 'which principals of another tenant have access by Azure Lighthouse is not known',
    about: () => '*',
    how: {
      service: 'arm',
      path: 'providers/Microsoft.ResourceGraph/resources',
      query: { 'api-version': '2024-04-01' },
      resourceQuery:
        `managedservicesresources | where type in~ ('microsoft.managedservices/registrationdefinitions', ` +
        `'microsoft.managedservices/registrationassignments') | project id, name, type, properties | order by id asc`,
    },
    keep: (page) => ({ data: rowsOf(page, 'data').map(registration) }),
  },
]

const REGISTRATION = [
  'registrationDefinitionId',
  'registrationDefinitionName',
  'managedByTenantId',
  'managedByTenantName',
  'provisioningState',
]
const AUTHORIZATION = ['principalId', 'principalIdDisplayName', 'roleDefinitionId']

/** Without descriptions, plans and what else people write. */
function registration(row: JsonObject): Json {
  const properties = ownObject(row, 'properties') ?? {}
  const brought = ownObject(properties, 'registrationDefinition')
  const authorizations = (key: string, also: string): JsonObject =>
    Array.isArray(properties[key])
      ? {
          [key]: ownList(properties, key)
            .filter(isObject)
            .map((each) => some(each, [...AUTHORIZATION, also])),
        }
      : {}
  return {
    ...some(row, ['id', 'name', 'type']),
    properties: {
      ...some(properties, REGISTRATION),
      ...authorizations('authorizations', 'delegatedRoleDefinitionIds'),
      ...authorizations('eligibleAuthorizations', 'justInTimeAccessPolicy'),
      ...(brought === undefined ? {} : { registrationDefinition: registration(brought) }),
    },
  }
}
