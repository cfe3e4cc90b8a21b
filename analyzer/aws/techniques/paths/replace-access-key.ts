import type { Technique } from '../technique.ts'

export const replaceAccessKey: Technique = {
  id: 'replace-access-key',
  pathfinding: 'iam-003',
  label: 'replace access key',
  says: 'may replace an access key of {whom}',
  whom: { kind: 'user' },
  effect: 'become',
  needs: [
    { action: 'iam:CreateAccessKey', on: 'whom' },
    { action: 'iam:DeleteAccessKey', on: 'whom' },
  ],
  state: ['two-keys'],
  remedy: 'let iam:CreateAccessKey name ${aws:username} only',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
}
