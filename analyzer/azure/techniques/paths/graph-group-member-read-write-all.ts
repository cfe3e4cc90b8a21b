import type { Technique } from '../technique.ts'

export const graphGroupMemberReadWriteAll: Technique = {
  id: 'graph-group-member-read-write-all',
  label: 'adds members',
  says: 'adds members to {whom}',
  whom: { kind: 'group', of: 'assigned' },
  effect: 'become',
  ways: [[{ permission: 'GroupMember.ReadWrite.All', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
