import type { Technique } from '../technique.ts'

export const passRoleRolesAnywhere: Technique = {
  id: 'pass-role.roles-anywhere',
  label: 'hand to Roles Anywhere',
  says: 'may let certificates of its own sign in as {whom}',
  whom: { kind: 'passed-role', services: ['rolesanywhere.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'rolesanywhere:CreateTrustAnchor', on: '*' },
    { action: 'rolesanywhere:CreateProfile', on: '*' },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html',
}
