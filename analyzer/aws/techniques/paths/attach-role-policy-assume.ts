import type { Technique } from '../technique.ts'

export const attachRolePolicyAssume: Technique = {
  id: 'attach-role-policy-assume',
  pathfinding: 'iam-014',
  label: 'administers',
  says: 'may attach any policy to {whom} and assume it',
  whom: { kind: 'assumable-role' },
  effect: 'administer',
  needs: [
    { action: 'iam:AttachRolePolicy', on: 'whom' },
    { action: 'sts:AssumeRole', on: 'whom' },
  ],
  state: [],
  remedy: 'let the role be written by nobody who can assume it',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
}
