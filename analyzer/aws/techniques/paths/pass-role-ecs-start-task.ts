import type { Technique } from '../technique.ts'

export const passRoleEcsStartTask: Technique = {
  id: 'pass-role.ecs-start-task',
  pathfinding: 'ecs-005',
  label: 'pass role to ECS',
  says: 'may start a task as {whom} on a container instance',
  whom: { kind: 'passed-role', services: ['ecs-tasks.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'ecs:RegisterTaskDefinition', on: { any: 'arn:aws:ecs:*:{account}:task-definition/*' } },
    { action: 'ecs:StartTask', on: { any: 'arn:aws:ecs:*:{account}:task-definition/*' } },
  ],
  state: ['exists:ecs:container-instance'],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
}
