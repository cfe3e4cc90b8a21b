import type { Technique } from '../technique.ts'

export const ownApplication: Technique = {
  id: 'own-application',
  label: 'makes itself the owner',
  says: 'makes itself the owner of the application of {whom}',
  whom: { kind: 'application' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/applications/owners/update', on: 'application' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-available-permissions',
}
