import type { Technique } from '../technique.ts'

export const putRolePolicy: Technique = {
  id: 'put-role-policy',
  pathfinding: 'iam-005',
  label: 'administers',
  says: 'can write its own inline policy',
  actor: 'role',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:PutRolePolicy', on: 'whom' }],
  state: [],
  remedy: 'let iam:PutRolePolicy name the roles that are meant, or demand a permissions boundary',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
}
