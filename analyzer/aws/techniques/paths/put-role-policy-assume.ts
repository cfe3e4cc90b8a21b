import type { Technique } from '../technique.ts'

export const putRolePolicyAssume: Technique = {
  id: 'put-role-policy-assume',
  pathfinding: 'iam-017',
  label: 'administers',
  says: 'may write the inline policy of {whom} and assume it',
  whom: { kind: 'assumable-role' },
  effect: 'administer',
  needs: [
    { action: 'iam:PutRolePolicy', on: 'whom' },
    { action: 'sts:AssumeRole', on: 'whom' },
  ],
  state: [],
  remedy: 'let the role be written by nobody who can assume it',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
}
