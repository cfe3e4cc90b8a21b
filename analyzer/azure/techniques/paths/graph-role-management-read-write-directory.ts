import type { Technique } from '../technique.ts'

export const graphRoleManagementReadWriteDirectory: Technique = {
  id: 'graph-role-management-read-write-directory',
  label: 'administers',
  says: 'assigns directory roles in {whom}',
  whom: { kind: 'directory' },
  effect: 'administer',
  ways: [[{ permission: 'RoleManagement.ReadWrite.Directory', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
