import type { Technique } from '../technique.ts'

export const readSecret: Technique = {
  id: 'read-secret',
  label: 'reads its secrets',
  says: 'reads the secrets of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.KeyVault/vaults' },
  effect: 'read',
  ways: [[{ permission: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
}
