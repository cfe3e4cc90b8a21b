import type { Technique } from '../technique.ts'

export const passRoleLambda: Technique = {
  id: 'pass-role.lambda',
  pathfinding: 'lambda-001',
  label: 'pass role to Lambda',
  says: 'may pass {whom} to a new Lambda function and invoke it',
  whom: { kind: 'passed-role', services: ['lambda.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'lambda:CreateFunction', on: { any: 'arn:aws:lambda:*:{account}:function:*' } },
    { action: 'lambda:InvokeFunction', on: { any: 'arn:aws:lambda:*:{account}:function:*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
}
