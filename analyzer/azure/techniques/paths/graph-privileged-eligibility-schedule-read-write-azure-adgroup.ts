import type { Technique } from '../technique.ts'

export const graphPrivilegedEligibilityScheduleReadWriteAzureAdgroup: Technique = {
  id: 'graph-privileged-eligibility-schedule-read-write-azure-adgroup',
  label: 'makes eligible members',
  says: 'makes eligible members of {whom}',
  whom: { kind: 'group', of: 'role' },
  effect: 'become',
  ways: [[{ permission: 'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup', on: 'graph' }]],
  assumes: 'it controls a user who can activate the membership',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
