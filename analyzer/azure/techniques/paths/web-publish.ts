import type { Technique } from '../technique.ts'

export const webPublish: Technique = {
  id: 'web-publish',
  label: 'deploys code that is it',
  says: 'deploys code to an app that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Web/sites'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Web/sites/publish/Action', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/app-service/deploy-authentication-types',
}
