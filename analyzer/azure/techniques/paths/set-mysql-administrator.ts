import type { Technique } from '../technique.ts'

export const setMysqlAdministrator: Technique = {
  id: 'set-mysql-administrator',
  label: 'names its administrator',
  says: 'makes itself the administrator of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.DBforMySQL/flexibleServers' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.DBforMySQL/flexibleServers/administrators/write', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/mysql/flexible-server/how-to-azure-ad',
}
