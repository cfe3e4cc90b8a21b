import type { Technique } from '../technique.ts'

export const updateFunction: Technique = {
  id: 'update-function',
  pathfinding: 'lambda-003',
  label: 'change its Lambda code',
  says: 'may put its own code into a Lambda function that runs as {whom}',
  whom: { kind: 'host', type: 'lambda:function' },
  effect: 'become',
  needs: [{ action: 'lambda:UpdateFunctionCode', on: 'resource' }],
  state: [],
  assumes: 'something invokes the function',
  remedy:
    'let lambda:UpdateFunctionCode name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html',
}
