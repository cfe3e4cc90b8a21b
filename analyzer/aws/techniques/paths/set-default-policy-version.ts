import type { Technique } from '../technique.ts'

export const setDefaultPolicyVersion: Technique = {
  id: 'set-default-policy-version',
  label: 'administers',
  says: 'can go back to a version of a policy that it has, which allows everything',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:SetDefaultPolicyVersion', on: 'policy-of-whom' }],
  state: ['broad-version'],
  remedy: 'delete the versions of the policy that allow more than the one in force',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html',
}
