import type { Technique } from '../technique.ts'

export const updateLoginProfile: Technique = {
  id: 'update-login-profile',
  pathfinding: 'iam-006',
  label: 'change its password',
  says: 'may change the console password of {whom}',
  whom: { kind: 'user' },
  effect: 'become',
  needs: [{ action: 'iam:UpdateLoginProfile', on: 'whom' }],
  state: ['password'],
  remedy: 'let iam:UpdateLoginProfile name the users that are meant',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html',
}
