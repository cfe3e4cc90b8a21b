import type { Technique } from '../technique.ts'

export const putRolePolicyTrust: Technique = {
  id: 'put-role-policy-trust',
  pathfinding: 'iam-021',
  label: 'administers',
  says: 'may write the inline policy of {whom} and rewrite its trust',
  whom: { kind: 'role' },
  effect: 'administer',
  needs: [
    { action: 'iam:PutRolePolicy', on: 'whom' },
    { action: 'iam:UpdateAssumeRolePolicy', on: 'whom' },
  ],
  state: [],
  remedy: 'let the role be written by nobody who can rewrite its trust',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
}
