import type { Technique } from '../technique.ts'

export const createPolicyVersionAssume: Technique = {
  id: 'create-policy-version-assume',
  pathfinding: 'iam-016',
  label: 'administers',
  says: 'may rewrite a policy of {whom} and assume it',
  whom: { kind: 'assumable-role' },
  effect: 'administer',
  needs: [
    { action: 'iam:CreatePolicyVersion', on: 'policy-of-whom' },
    { action: 'sts:AssumeRole', on: 'whom' },
  ],
  state: ['fewer-than-five-versions'],
  remedy: 'let the role be written by nobody who can assume it',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
}
