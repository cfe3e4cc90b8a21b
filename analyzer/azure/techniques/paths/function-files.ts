import type { Technique } from '../technique.ts'

export const functionFiles: Technique = {
  id: 'function-files',
  label: 'writes its code',
  says: 'writes the code of a function that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Web/sites'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Web/sites/hostruntime/vfs/write', on: 'resource' }]],
  assumes: 'it is a function app whose files can be written',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/role-based-access-control/permissions/web-and-mobile',
}
