import type { AccessLevel } from '../../graph/index.ts'

interface AccessAction {
  readonly level: AccessLevel
  readonly action: string
  readonly on: string
}

const GRANT = ['administer', 'Microsoft.Authorization/roleAssignments/write'] as const
const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'

/**
 * Actions that stand for reaching what a resource holds (Azure RBAC documentation, "Azure permissions" by service).
 * `on` is appended to the resource's own name: nothing, they are asked on the resource itself.
 */
const ACTIONS: ReadonlyMap<string, readonly (readonly [AccessLevel, string])[]> = new Map([
  [
    'microsoft.storage/storageaccounts',
    [
      ['list', 'Microsoft.Storage/storageAccounts/blobServices/containers/read'],
      ['read', `${BLOBS}/read`],
      ['write', `${BLOBS}/write`],
      // A key of the account opens all data in it, whatever the data actions say.
      ['write', 'Microsoft.Storage/storageAccounts/listKeys/action'],
      GRANT,
    ],
  ],
  [
    'microsoft.keyvault/vaults',
    [
      ['list', 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
      ['read', 'Microsoft.KeyVault/vaults/secrets/getSecret/action'],
      ['write', 'Microsoft.KeyVault/vaults/secrets/setSecret/action'],
      ['administer', 'Microsoft.KeyVault/vaults/write'],
      GRANT,
    ],
  ],
  [
    'microsoft.sql/servers',
    [
      ['write', 'Microsoft.Sql/servers/databases/export/action'],
      ['administer', 'Microsoft.Sql/servers/administrators/write'],
      GRANT,
    ],
  ],
  ['microsoft.sql/servers/databases', [['read', 'Microsoft.Sql/servers/databases/export/action'], GRANT]],
  [
    'microsoft.documentdb/databaseaccounts',
    [
      ['read', 'Microsoft.DocumentDB/databaseAccounts/readonlykeys/action'],
      ['write', 'Microsoft.DocumentDB/databaseAccounts/listKeys/action'],
      GRANT,
    ],
  ],
  [
    'microsoft.compute/virtualmachines',
    [
      ['write', 'Microsoft.Compute/virtualMachines/runCommand/action'],
      ['administer', 'Microsoft.Compute/virtualMachines/write'],
      GRANT,
    ],
  ],
])

export function accessActions(resourceType: string): readonly AccessAction[] {
  return (ACTIONS.get(resourceType.toLowerCase()) ?? []).map(([level, action]) => ({
    level,
    action,
    on: '',
  }))
}
