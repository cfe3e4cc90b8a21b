import type { Technique } from '../technique.ts'

export const graphRoleAssignmentScheduleReadWriteDirectory: Technique = {
  id: 'graph-role-assignment-schedule-read-write-directory',
  label: 'administers',
  says: 'assigns directory roles in {whom}',
  whom: { kind: 'directory' },
  effect: 'administer',
  ways: [[{ permission: 'RoleAssignmentSchedule.ReadWrite.Directory', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
