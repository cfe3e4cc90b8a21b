import type { Technique } from '../technique.ts'

export const attachGroupPolicy: Technique = {
  id: 'attach-group-policy',
  pathfinding: 'iam-010',
  label: 'administers',
  says: 'can attach any policy to its group',
  actor: 'user',
  whom: { kind: 'self' },
  effect: 'administer',
  needs: [{ action: 'iam:AttachGroupPolicy', on: 'group-of-whom' }],
  state: [],
  remedy: 'let iam:AttachGroupPolicy name the groups that are meant, or demand a permissions boundary',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html',
}
