import type { Technique } from '../technique.ts'

export const attachToWorkflow: Technique = {
  id: 'attach-to-workflow',
  label: 'runs a workflow as it',
  says: 'runs a workflow as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.Logic/workflows' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Logic/workflows/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/logic-apps/authenticate-with-managed-identity',
}
