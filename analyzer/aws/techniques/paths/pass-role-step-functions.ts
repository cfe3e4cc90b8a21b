import type { Technique } from '../technique.ts'

export const passRoleStepFunctions: Technique = {
  id: 'pass-role.step-functions',
  label: 'pass role to Step Functions',
  says: 'may run a state machine that calls any API as {whom}',
  whom: { kind: 'passed-role', services: ['states.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'states:CreateStateMachine', on: { any: 'arn:aws:states:*:{account}:stateMachine:*' } },
    { action: 'states:StartExecution', on: { any: 'arn:aws:states:*:{account}:stateMachine:*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
}
