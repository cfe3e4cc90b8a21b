import type { Technique } from '../technique.ts'

export const storageKeys: Technique = {
  id: 'storage-keys',
  label: 'reads its keys',
  says: 'reads the account keys of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.Storage/storageAccounts' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.Storage/storageAccounts/listKeys/action', on: 'whom' }]],
  remedy: 'do not allow access with account keys',
  source: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
}
