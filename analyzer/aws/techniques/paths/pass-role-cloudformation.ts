import type { Technique } from '../technique.ts'

export const passRoleCloudformation: Technique = {
  id: 'pass-role.cloudformation',
  pathfinding: 'cloudformation-001',
  label: 'pass role to CloudFormation',
  says: 'may create a stack whose resources CloudFormation makes as {whom}',
  whom: { kind: 'passed-role', services: ['cloudformation.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'cloudformation:CreateStack', on: { any: 'arn:aws:cloudformation:*:{account}:stack/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html',
}
