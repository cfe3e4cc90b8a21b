import type { Technique } from '../technique.ts'

export const createPolicyVersionTrust: Technique = {
  id: 'create-policy-version-trust',
  pathfinding: 'iam-020',
  label: 'administers',
  says: 'may rewrite a policy of {whom} and its trust',
  whom: { kind: 'role' },
  effect: 'administer',
  needs: [
    { action: 'iam:CreatePolicyVersion', on: 'policy-of-whom' },
    { action: 'iam:UpdateAssumeRolePolicy', on: 'whom' },
  ],
  state: ['fewer-than-five-versions'],
  remedy: 'let the role be written by nobody who can rewrite its trust',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
}
