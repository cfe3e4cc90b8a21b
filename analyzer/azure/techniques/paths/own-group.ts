import type { Technique } from '../technique.ts'

export const ownGroup: Technique = {
  id: 'own-group',
  label: 'makes itself the owner',
  says: 'makes itself the owner of {whom}',
  whom: { kind: 'group', of: 'assigned' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/groups/owners/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-group-permissions',
}
