import type { Technique } from '../technique.ts'

export const graphAppRoleAssignmentReadWriteAll: Technique = {
  id: 'graph-app-role-assignment-read-write-all',
  label: 'administers',
  says: 'gives itself application permissions in {whom}',
  whom: { kind: 'directory' },
  effect: 'administer',
  ways: [[{ permission: 'AppRoleAssignment.ReadWrite.All', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
