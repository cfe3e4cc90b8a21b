import type { Technique } from '../technique.ts'

export const attachToRegistryTask: Technique = {
  id: 'attach-to-registry-task',
  label: 'runs a task as it',
  says: 'runs a registry task as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.ContainerRegistry/registries' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.ContainerRegistry/registries/tasks/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source:
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
}
