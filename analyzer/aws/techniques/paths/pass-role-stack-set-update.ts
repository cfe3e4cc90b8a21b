import type { Technique } from '../technique.ts'

export const passRoleStackSetUpdate: Technique = {
  id: 'pass-role.stack-set-update',
  pathfinding: 'cloudformation-004',
  label: 'pass role to CloudFormation',
  says: 'may change a stack set, with {whom} as its administration role, which assumes the execution roles',
  whom: { kind: 'passed-role', services: ['cloudformation.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'cloudformation:UpdateStackSet', on: { some: 'cloudformation:stackset' } },
  ],
  state: ['assumes-roles'],
  assumes: 'the stack set has stack instances',
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html',
}
