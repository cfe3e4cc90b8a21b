import type { Technique } from '../technique.ts'

export const cosmosDataRole: Technique = {
  id: 'cosmos-data-role',
  label: 'gives itself a data role',
  says: 'gives itself a data role in {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.DocumentDB/databaseAccounts' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/cosmos-db/how-to-setup-rbac',
}
