import type { Technique } from '../technique.ts'

export const ownPrincipal: Technique = {
  id: 'own-principal',
  label: 'makes itself the owner',
  says: 'makes itself the owner of {whom}',
  whom: { kind: 'application' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/servicePrincipals/owners/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source:
    'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-enterprise-app-permissions',
}
