import type { Technique } from '../technique.ts'

export const createAccessKey: Technique = {
  id: 'create-access-key',
  pathfinding: 'iam-002',
  label: 'create access key',
  says: 'may create an access key for {whom}',
  whom: { kind: 'user' },
  effect: 'become',
  needs: [{ action: 'iam:CreateAccessKey', on: 'whom' }],
  state: ['fewer-than-two-keys'],
  remedy: 'let iam:CreateAccessKey name ${aws:username} only',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
}
