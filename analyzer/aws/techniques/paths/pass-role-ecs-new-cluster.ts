import type { Technique } from '../technique.ts'

export const passRoleEcsNewCluster: Technique = {
  id: 'pass-role.ecs-new-cluster',
  pathfinding: 'ecs-002',
  label: 'pass role to ECS',
  says: 'may run a task as {whom} in a new ECS cluster',
  whom: { kind: 'passed-role', services: ['ecs-tasks.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'ecs:CreateCluster', on: { any: 'arn:aws:ecs:*:{account}:cluster/*' } },
    { action: 'ecs:RegisterTaskDefinition', on: { any: 'arn:aws:ecs:*:{account}:task-definition/*' } },
    { action: 'ecs:RunTask', on: { any: 'arn:aws:ecs:*:{account}:task-definition/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
}
