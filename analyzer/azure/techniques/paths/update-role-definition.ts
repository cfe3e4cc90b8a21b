import type { Technique } from '../technique.ts'

export const updateRoleDefinition: Technique = {
  id: 'update-role-definition',
  label: 'changes its role',
  says: 'adds permissions to its own role on {whom}',
  whom: { kind: 'custom-role' },
  effect: 'administer',
  ways: [[{ permission: 'Microsoft.Authorization/roleDefinitions/write', on: 'role' }]],
  remedy: 'let nobody change custom roles on the scopes where they hold one',
  source: 'https://learn.microsoft.com/azure/role-based-access-control/custom-roles',
}
