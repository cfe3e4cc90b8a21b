import type { Technique } from '../technique.ts'

export const addPrincipalCredential: Technique = {
  id: 'add-principal-credential',
  label: 'adds a credential',
  says: 'adds a credential to {whom}',
  whom: { kind: 'application' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/servicePrincipals/credentials/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source:
    'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-enterprise-app-permissions',
}
