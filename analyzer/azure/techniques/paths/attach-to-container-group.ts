import type { Technique } from '../technique.ts'

export const attachToContainerGroup: Technique = {
  id: 'attach-to-container-group',
  label: 'runs a container as it',
  says: 'runs a container group as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.ContainerInstance/containerGroups' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.ContainerInstance/containerGroups/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/container-instances/container-instances-managed-identity',
}
