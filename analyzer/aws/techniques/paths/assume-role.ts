import type { Technique } from '../technique.ts'

export const assumeRole: Technique = {
  id: 'assume-role',
  pathfinding: 'sts-001',
  label: 'assume role',
  says: 'may assume {whom}',
  whom: { kind: 'assumable-role' },
  effect: 'become',
  needs: [{ action: 'sts:AssumeRole', on: 'whom' }],
  state: [],
  remedy: 'let the trust policy name the principals that are meant',
  source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
}
