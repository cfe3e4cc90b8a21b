import type { Technique } from '../technique.ts'

export const regenerateStorageKey: Technique = {
  id: 'regenerate-storage-key',
  label: 'makes a key',
  says: 'makes a new account key of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.Storage/storageAccounts' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.Storage/storageAccounts/regenerateKey/action', on: 'whom' }]],
  remedy: 'do not allow access with account keys',
  source: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
}
