import type { Technique } from '../technique.ts'

export const webWrite: Technique = {
  id: 'web-write',
  label: 'changes what it runs',
  says: 'changes what an app runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Web/sites'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Web/sites/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/app-service/configure-common',
}
