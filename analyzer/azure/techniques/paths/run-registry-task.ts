import type { Technique } from '../technique.ts'

export const runRegistryTask: Technique = {
  id: 'run-registry-task',
  label: 'runs code as it',
  says: 'runs a registry task that is {whom} on sources of its own',
  whom: { kind: 'host', types: ['Microsoft.ContainerRegistry/registries/tasks'] },
  effect: 'become',
  ways: [
    [
      {
        permission: 'Microsoft.ContainerRegistry/registries/listBuildSourceUploadUrl/action',
        on: 'resource',
      },
      { permission: 'Microsoft.ContainerRegistry/registries/scheduleRun/action', on: 'resource' },
    ],
  ],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source:
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
}
