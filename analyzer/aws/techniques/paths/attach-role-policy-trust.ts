import type { Technique } from '../technique.ts'

export const attachRolePolicyTrust: Technique = {
  id: 'attach-role-policy-trust',
  pathfinding: 'iam-019',
  label: 'administers',
  says: 'may attach any policy to {whom} and rewrite its trust',
  whom: { kind: 'role' },
  effect: 'administer',
  needs: [
    { action: 'iam:AttachRolePolicy', on: 'whom' },
    { action: 'iam:UpdateAssumeRolePolicy', on: 'whom' },
  ],
  state: [],
  remedy: 'let the role be written by nobody who can rewrite its trust',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
}
