import type { Technique } from '../technique.ts'

export const passRoleStackSet: Technique = {
  id: 'pass-role.stack-set',
  pathfinding: 'cloudformation-003',
  label: 'pass role to CloudFormation',
  says: 'may deploy a stack set with {whom} as its administration role, which assumes the execution roles',
  whom: { kind: 'passed-role', services: ['cloudformation.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'cloudformation:CreateStackSet', on: '*' },
    {
      action: 'cloudformation:CreateStackInstances',
      on: { any: 'arn:aws:cloudformation:*:{account}:stackset/*' },
    },
  ],
  state: ['assumes-roles'],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html',
}
