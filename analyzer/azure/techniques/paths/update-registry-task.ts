import type { Technique } from '../technique.ts'

export const updateRegistryTask: Technique = {
  id: 'update-registry-task',
  label: 'changes what it runs',
  says: 'changes what a registry task does as {whom}',
  whom: { kind: 'host', types: ['Microsoft.ContainerRegistry/registries/tasks'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.ContainerRegistry/registries/tasks/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source:
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
}
