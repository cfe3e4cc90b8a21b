import type { Technique } from '../technique.ts'

export const cosmosKeys: Technique = {
  id: 'cosmos-keys',
  label: 'reads its keys',
  says: 'reads the keys of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.DocumentDB/databaseAccounts' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.DocumentDB/databaseAccounts/listKeys/action', on: 'whom' }]],
  remedy: 'turn off access with keys',
  source: 'https://learn.microsoft.com/azure/cosmos-db/how-to-setup-rbac',
}
