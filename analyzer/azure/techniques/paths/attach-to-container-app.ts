import type { Technique } from '../technique.ts'

export const attachToContainerApp: Technique = {
  id: 'attach-to-container-app',
  label: 'runs a container as it',
  says: 'runs a container app as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.App/containerApps' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.App/containerApps/write', on: 'place' },
      { permission: 'Microsoft.App/managedEnvironments/join/action', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/container-apps/managed-identity',
}
