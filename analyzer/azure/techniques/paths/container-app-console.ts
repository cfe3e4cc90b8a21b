import type { Technique } from '../technique.ts'

export const containerAppConsole: Technique = {
  id: 'container-app-console',
  label: 'runs code as it',
  says: 'opens a console of a container app that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.App/containerApps'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.App/containerApps/getAuthToken/action', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/container-apps/container-console',
}
