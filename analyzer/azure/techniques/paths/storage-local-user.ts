import type { Technique } from '../technique.ts'

export const storageLocalUser: Technique = {
  id: 'storage-local-user',
  label: 'makes a local user',
  says: 'makes a local user of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.Storage/storageAccounts' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.Storage/storageAccounts/localUsers/write', on: 'whom' }]],
  assumes: 'SFTP is turned on for the account',
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support',
}
