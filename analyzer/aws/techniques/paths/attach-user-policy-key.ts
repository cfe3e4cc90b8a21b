import type { Technique } from '../technique.ts'

export const attachUserPolicyKey: Technique = {
  id: 'attach-user-policy-key',
  pathfinding: 'iam-015',
  label: 'administers',
  says: 'may attach any policy to {whom} and create an access key for it',
  whom: { kind: 'user' },
  effect: 'administer',
  needs: [
    { action: 'iam:AttachUserPolicy', on: 'whom' },
    { action: 'iam:CreateAccessKey', on: 'whom' },
  ],
  state: ['fewer-than-two-keys'],
  remedy: 'let the user be written by nobody who can create its keys',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html',
}
