import type { Technique } from '../technique.ts'

export const addRoleGroupMember: Technique = {
  id: 'add-role-group-member',
  label: 'adds itself',
  says: 'adds itself to {whom}',
  whom: { kind: 'group', of: 'role' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/groupsAssignableToRoles/allProperties/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept',
}
