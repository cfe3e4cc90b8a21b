import type { Technique } from '../technique.ts'

export const graphRoleEligibilityScheduleReadWriteDirectory: Technique = {
  id: 'graph-role-eligibility-schedule-read-write-directory',
  label: 'administers',
  says: 'makes eligible for directory roles in {whom}',
  whom: { kind: 'directory' },
  effect: 'administer',
  ways: [[{ permission: 'RoleEligibilitySchedule.ReadWrite.Directory', on: 'graph' }]],
  assumes: 'it controls a user who can activate a role',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
