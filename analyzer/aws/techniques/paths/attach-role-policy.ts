import type { Technique } from '../technique.ts'

export const attachRolePolicy: Technique = {
  id: 'attach-role-policy',
  pathfinding: 'iam-009',
  label: 'administers',
  says: 'can attach any policy to itself',
  actor: 'role',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:AttachRolePolicy', on: 'whom' }],
  state: [],
  remedy: 'let iam:AttachRolePolicy name the roles that are meant, or demand a permissions boundary',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
}
