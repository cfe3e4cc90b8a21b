import type { Technique } from '../technique.ts'

export const functionHostKeys: Technique = {
  id: 'function-host-keys',
  label: 'writes its code',
  says: 'writes the code of a function that runs as {whom} with its master key',
  whom: { kind: 'host', types: ['Microsoft.Web/sites'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Web/sites/host/listkeys/action', on: 'resource' }]],
  assumes: 'it is a function app whose files can be written',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/azure-functions/function-keys-how-to',
}
