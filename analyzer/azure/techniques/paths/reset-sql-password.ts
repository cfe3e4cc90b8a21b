import type { Technique } from '../technique.ts'

export const resetSqlPassword: Technique = {
  id: 'reset-sql-password',
  label: 'resets its password',
  says: 'sets the password of the administrator of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.Sql/servers' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.Sql/servers/write', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/azure-sql/database/logins-create-manage',
}
