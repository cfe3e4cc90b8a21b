import type { Technique } from '../technique.ts'

export const updateAssumeRolePolicy: Technique = {
  id: 'update-assume-role-policy',
  pathfinding: 'iam-012',
  label: 'rewrite its trust',
  says: 'may rewrite who is trusted to assume {whom}',
  whom: { kind: 'role' },
  effect: 'become',
  needs: [{ action: 'iam:UpdateAssumeRolePolicy', on: 'whom' }],
  state: [],
  remedy: 'let iam:UpdateAssumeRolePolicy name the roles that are meant',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html',
}
