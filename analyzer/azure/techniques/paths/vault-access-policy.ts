import type { Technique } from '../technique.ts'

export const vaultAccessPolicy: Technique = {
  id: 'vault-access-policy',
  label: 'gives itself access',
  says: 'gives itself access to {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.KeyVault/vaults' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.KeyVault/vaults/accessPolicies/write', on: 'whom' }]],
  assumes: 'the vault uses access policies',
  remedy: 'let the vault use roles instead of access policies',
  source: 'https://learn.microsoft.com/azure/key-vault/general/rbac-migration',
}
