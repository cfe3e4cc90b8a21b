import type { Technique } from '../technique.ts'

export const addMember: Technique = {
  id: 'add-member',
  label: 'adds itself',
  says: 'adds itself to {whom}',
  whom: { kind: 'group', of: 'assigned' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/groups/members/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-group-permissions',
}
