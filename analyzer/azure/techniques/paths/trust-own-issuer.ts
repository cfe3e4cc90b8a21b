import type { Technique } from '../technique.ts'

export const trustOwnIssuer: Technique = {
  id: 'trust-own-issuer',
  label: 'trusts its own issuer',
  says: 'signs in as {whom} with tokens of an issuer of its own',
  whom: { kind: 'identity' },
  effect: 'become',
  ways: [
    [
      {
        permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
        on: 'whom',
      },
    ],
  ],
  remedy: 'grant Managed Identity Contributor to few',
  source:
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust-user-assigned-managed-identity',
}
