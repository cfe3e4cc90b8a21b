import type { Technique } from '../technique.ts'

export const updateContainerApp: Technique = {
  id: 'update-container-app',
  label: 'changes what it runs',
  says: 'changes what a container app runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.App/containerApps'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.App/containerApps/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/container-apps/revisions',
}
