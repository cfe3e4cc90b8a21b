import type { Technique } from '../technique.ts'

export const assignDirectoryRole: Technique = {
  id: 'assign-directory-role',
  label: 'administers',
  says: 'assigns directory roles in {whom}',
  whom: { kind: 'directory' },
  effect: 'administer',
  ways: [[{ permission: 'microsoft.directory/roleAssignments/allProperties/allTasks', on: 'directory' }]],
  remedy: 'assign Privileged Role Administrator for a time, with approval',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference',
}
