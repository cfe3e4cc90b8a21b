import type { Technique } from '../technique.ts'

export const replacePolicyVersion: Technique = {
  id: 'replace-policy-version',
  label: 'administers',
  says: 'can rewrite a policy that it has, after deleting an old version',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [
    { action: 'iam:CreatePolicyVersion', on: 'policy-of-whom' },
    { action: 'iam:DeletePolicyVersion', on: 'policy-of-whom' },
  ],
  state: ['five-versions'],
  remedy: 'let iam:CreatePolicyVersion name no policy that its holder has',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
}
