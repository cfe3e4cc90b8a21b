import type { Technique } from '../technique.ts'

export const importImage: Technique = {
  id: 'import-image',
  label: 'replaces an image',
  says: 'replaces images of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ContainerRegistry/registries' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.ContainerRegistry/registries/importImage/action', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/container-registry/container-registry-import-images',
}
