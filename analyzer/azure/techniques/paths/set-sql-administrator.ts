import type { Technique } from '../technique.ts'

export const setSqlAdministrator: Technique = {
  id: 'set-sql-administrator',
  label: 'names its administrator',
  says: 'makes itself the administrator of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.Sql/servers' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.Sql/servers/administrators/write', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-configure',
}
