import type { Technique } from '../technique.ts'

export const updateWorkflow: Technique = {
  id: 'update-workflow',
  label: 'changes its workflow',
  says: 'changes a workflow that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Logic/workflows'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Logic/workflows/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/logic-apps/authenticate-with-managed-identity',
}
