import { idBy } from '../../transport/crawled.ts'
import { type AzureCall, only } from './call.ts'

/**
 * Delegated permissions of every application, in one listing. `Directory.Read.All` is the least that Microsoft documents for it.
 * https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
 */
export const DELEGATED_PERMISSION_CALL: AzureCall = {
  name: 'graph:oauth2PermissionGrants.list',
  permissions: ['Directory.Read.All'],
  lane: 'graph',
  place: 'once',
  starts: () => [{}],
  yields: 'azure.delegated-permissions',
  rows: 'value',
  id: idBy('id'),
  gap: 'delegated-permissions',
  lost: 'which applications may act for the users who sign in to them is not known',
  about: () => '*',
  how: { service: 'graph', path: 'v1.0/oauth2PermissionGrants', query: { $top: '999' } },
  keep: only('id', 'clientId', 'consentType', 'principalId', 'resourceId', 'scope'),
}
