import type { Technique } from '../technique.ts'

export const registryAdmin: Technique = {
  id: 'registry-admin',
  label: 'reads its password',
  says: 'reads the password of the admin user of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ContainerRegistry/registries' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.ContainerRegistry/registries/listCredentials/action', on: 'whom' }]],
  assumes: 'the admin user of the registry is turned on',
  remedy: 'turn off the admin user',
  source: 'https://learn.microsoft.com/azure/container-registry/container-registry-authentication',
}
