import type { Technique } from '../technique.ts'

export const roleAssignmentWrite: Technique = {
  id: 'role-assignment-write',
  label: 'administers',
  says: 'assigns roles on {whom}',
  whom: { kind: 'container' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.Authorization/roleAssignments/write', on: 'whom' }]],
  remedy: 'assign roles that assign roles to few, under a condition on the roles they may give',
  source: 'https://learn.microsoft.com/azure/role-based-access-control/role-assignments',
}
