import type { Technique } from '../technique.ts'

export const graphGroupReadWriteAll: Technique = {
  id: 'graph-group-read-write-all',
  label: 'adds members',
  says: 'adds members to {whom}',
  whom: { kind: 'group', of: 'assigned' },
  effect: 'become',
  ways: [[{ permission: 'Group.ReadWrite.All', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
