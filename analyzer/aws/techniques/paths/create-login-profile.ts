import type { Technique } from '../technique.ts'

export const createLoginProfile: Technique = {
  id: 'create-login-profile',
  pathfinding: 'iam-004',
  label: 'give it a password',
  says: 'may give {whom} a console password',
  whom: { kind: 'user' },
  effect: 'become',
  needs: [{ action: 'iam:CreateLoginProfile', on: 'whom' }],
  state: ['no-password'],
  remedy: 'let iam:CreateLoginProfile name the users that are meant',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html',
}
