import type { Technique } from '../technique.ts'

export const attachToWeb: Technique = {
  id: 'attach-to-web',
  label: 'runs an app as it',
  says: 'runs an app as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.Web/sites' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Web/sites/write', on: 'place' },
      { permission: 'Microsoft.Web/serverfarms/join/action', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source: 'https://learn.microsoft.com/azure/app-service/overview-managed-identity',
}
