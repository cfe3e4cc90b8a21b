import type { Technique } from '../technique.ts'

export const attachToPolicy: Technique = {
  id: 'attach-to-policy',
  label: 'deploys as it',
  says: 'lets a policy deploy as {whom}',
  whom: { kind: 'identity' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Authorization/policyDefinitions/write', on: 'place' },
      { permission: 'Microsoft.Authorization/policyAssignments/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  assumes: 'a resource that the policy is about is created or remediated',
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/governance/policy/how-to/remediate-resources',
}
