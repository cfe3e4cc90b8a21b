import type { Technique } from '../technique.ts'

export const putUserPolicy: Technique = {
  id: 'put-user-policy',
  pathfinding: 'iam-007',
  label: 'administers',
  says: 'can write its own inline policy',
  actor: 'user',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:PutUserPolicy', on: 'whom' }],
  state: [],
  remedy: 'let iam:PutUserPolicy name the users that are meant, or demand a permissions boundary',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html',
}
