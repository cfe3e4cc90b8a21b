import { armActions, graphPermissions } from './calls/table.ts'

/**
 * The custom role that allows exactly the calls of Resource Manager, as `az role definition create --role-definition` takes it.
 * https://learn.microsoft.com/azure/role-based-access-control/custom-roles
 */
export function azureReadOnlyRole(): string {
  const role = {
    Name: 'Gomeisa read-only',
    IsCustom: true,
    Description: 'Gomeisa reads who may do what. It can change nothing and reads no data.',
    Actions: armActions(),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ['/providers/Microsoft.Management/managementGroups/TENANT-ID'],
  }
  return `${JSON.stringify(role, null, 2)}\n`
}

/** The application permissions of Microsoft Graph that the calls need, by name, one a line. */
export function azureGraphPermissions(): string {
  return `${graphPermissions().join('\n')}\n`
}
