import type { Technique } from '../technique.ts'

export const setPostgresAdministrator: Technique = {
  id: 'set-postgres-administrator',
  label: 'names its administrator',
  says: 'makes itself the administrator of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.DBforPostgreSQL/flexibleServers' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.DBforPostgreSQL/flexibleServers/administrators/write', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source:
    'https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-configure-sign-in-azure-ad-authentication',
}
