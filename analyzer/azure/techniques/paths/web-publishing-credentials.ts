import type { Technique } from '../technique.ts'

export const webPublishingCredentials: Technique = {
  id: 'web-publishing-credentials',
  label: 'deploys code that is it',
  says: 'reads the publishing credentials of an app that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Web/sites'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Web/sites/config/list/action', on: 'resource' }]],
  assumes: 'the app lets its publishing credentials sign in',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable',
}
