import type { Technique } from '../technique.ts'

export const attachUserPolicy: Technique = {
  id: 'attach-user-policy',
  pathfinding: 'iam-008',
  label: 'administers',
  says: 'can attach any policy to itself',
  actor: 'user',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:AttachUserPolicy', on: 'whom' }],
  state: [],
  remedy: 'let iam:AttachUserPolicy name the users that are meant, or demand a permissions boundary',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html',
}
