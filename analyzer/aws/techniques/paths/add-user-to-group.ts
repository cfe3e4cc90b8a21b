import type { Technique } from '../technique.ts'

export const addUserToGroup: Technique = {
  id: 'add-user-to-group',
  pathfinding: 'iam-013',
  label: 'join the group',
  says: 'may put itself into the group {whom}',
  actor: 'user',
  whom: { kind: 'group' },
  effect: 'become',
  needs: [{ action: 'iam:AddUserToGroup', on: 'whom' }],
  state: [],
  remedy: 'let iam:AddUserToGroup name the groups that are meant',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html',
}
