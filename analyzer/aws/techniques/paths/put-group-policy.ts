import type { Technique } from '../technique.ts'

export const putGroupPolicy: Technique = {
  id: 'put-group-policy',
  pathfinding: 'iam-011',
  label: 'administers',
  says: 'can write the inline policy of its group',
  actor: 'user',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:PutGroupPolicy', on: 'group-of-whom' }],
  state: [],
  remedy: 'let iam:PutGroupPolicy name the groups that are meant, or demand a permissions boundary',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html',
}
