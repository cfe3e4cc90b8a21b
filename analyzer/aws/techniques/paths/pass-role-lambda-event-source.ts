import type { Technique } from '../technique.ts'

export const passRoleLambdaEventSource: Technique = {
  id: 'pass-role.lambda-event-source',
  pathfinding: 'lambda-002',
  label: 'pass role to Lambda',
  says: 'may pass {whom} to a new Lambda function and have a stream or queue invoke it',
  whom: { kind: 'passed-role', services: ['lambda.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'lambda:CreateFunction', on: { any: 'arn:aws:lambda:*:{account}:function:*' } },
    { action: 'lambda:CreateEventSourceMapping', on: '*' },
  ],
  state: [],
  assumes: 'a stream or queue that the role may read can be made to trigger the function',
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
}
