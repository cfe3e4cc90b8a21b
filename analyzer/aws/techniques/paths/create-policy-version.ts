import type { Technique } from '../technique.ts'

export const createPolicyVersion: Technique = {
  id: 'create-policy-version',
  pathfinding: 'iam-001',
  label: 'administers',
  says: 'can rewrite a policy that it has',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:CreatePolicyVersion', on: 'policy-of-whom' }],
  state: ['fewer-than-five-versions'],
  remedy: 'let iam:CreatePolicyVersion name no policy that its holder has',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
}
