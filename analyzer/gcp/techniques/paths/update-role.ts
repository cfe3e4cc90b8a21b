import type { Technique } from '../technique.ts'

export const updateRole: Technique = {
  id: 'update-role',
  label: 'adds to its own role',
  says: 'adds permissions to a custom role that it has on {whom}',
  whom: { kind: 'custom-role' },
  effect: 'administer',
  ways: [[{ permission: 'iam.roles.update', on: 'role' }]],
  remedy: 'keep custom roles in a project, or the organization, that their holders cannot change',
  source: 'https://cloud.google.com/iam/docs/creating-custom-roles',
}
