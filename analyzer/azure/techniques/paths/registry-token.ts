import type { Technique } from '../technique.ts'

export const registryToken: Technique = {
  id: 'registry-token',
  label: 'makes a token',
  says: 'makes a token for {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ContainerRegistry/registries' },
  effect: 'write',
  ways: [
    [
      { permission: 'Microsoft.ContainerRegistry/registries/tokens/write', on: 'whom' },
      { permission: 'Microsoft.ContainerRegistry/registries/generateCredentials/action', on: 'whom' },
    ],
  ],
  remedy: 'grant it on the single resource, to who needs it',
  source:
    'https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions',
}
