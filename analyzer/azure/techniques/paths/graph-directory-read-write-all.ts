import type { Technique } from '../technique.ts'

export const graphDirectoryReadWriteAll: Technique = {
  id: 'graph-directory-read-write-all',
  label: 'adds members',
  says: 'adds members to {whom}',
  whom: { kind: 'group', of: 'assigned' },
  effect: 'become',
  ways: [[{ permission: 'Directory.ReadWrite.All', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
