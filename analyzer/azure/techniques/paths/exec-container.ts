import type { Technique } from '../technique.ts'

export const execContainer: Technique = {
  id: 'exec-container',
  label: 'runs code as it',
  says: 'runs commands in a container group that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.ContainerInstance/containerGroups'] },
  effect: 'become',
  ways: [
    [{ permission: 'Microsoft.ContainerInstance/containerGroups/containers/exec/action', on: 'resource' }],
  ],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/container-instances/container-instances-exec',
}
