import type { Technique } from '../technique.ts'

export const updateFunctionInvoke: Technique = {
  id: 'update-function-invoke',
  pathfinding: 'lambda-004',
  label: 'change its Lambda code',
  says: 'may put its own code into a Lambda function that runs as {whom}, and invoke it',
  whom: { kind: 'host', type: 'lambda:function' },
  effect: 'become',
  needs: [
    { action: 'lambda:UpdateFunctionCode', on: 'resource' },
    { action: 'lambda:InvokeFunction', on: 'resource' },
  ],
  state: [],
  remedy:
    'let lambda:InvokeFunction and lambda:UpdateFunctionCode name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html',
}
