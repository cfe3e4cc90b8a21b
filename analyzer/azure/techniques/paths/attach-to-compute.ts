import type { Technique } from '../technique.ts'

export const attachToCompute: Technique = {
  id: 'attach-to-compute',
  label: 'runs code as it',
  says: 'starts a compute of a workspace as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.MachineLearningServices/workspaces' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.MachineLearningServices/workspaces/computes/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication',
}
