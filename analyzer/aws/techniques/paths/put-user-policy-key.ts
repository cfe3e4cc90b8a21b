import type { Technique } from '../technique.ts'

export const putUserPolicyKey: Technique = {
  id: 'put-user-policy-key',
  pathfinding: 'iam-018',
  label: 'administers',
  says: 'may write the inline policy of {whom} and create an access key for it',
  whom: { kind: 'user' },
  effect: 'administer',
  needs: [
    { action: 'iam:PutUserPolicy', on: 'whom' },
    { action: 'iam:CreateAccessKey', on: 'whom' },
  ],
  state: ['fewer-than-two-keys'],
  remedy: 'let the user be written by nobody who can create its keys',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html',
}
