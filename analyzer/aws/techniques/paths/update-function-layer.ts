import type { Technique } from '../technique.ts'

export const updateFunctionLayer: Technique = {
  id: 'update-function-layer',
  label: 'add a Lambda layer',
  says: 'may add a layer with its own code to a Lambda function that runs as {whom}',
  whom: { kind: 'host', type: 'lambda:function' },
  effect: 'become',
  needs: [
    { action: 'lambda:UpdateFunctionConfiguration', on: 'resource' },
    { action: 'lambda:PublishLayerVersion', on: { any: 'arn:aws:lambda:*:{account}:layer:*' } },
    { action: 'lambda:GetLayerVersion', on: { any: 'arn:aws:lambda:*:{account}:layer:*:*' } },
  ],
  state: [],
  assumes: 'something invokes the function',
  remedy:
    'let lambda:UpdateFunctionConfiguration name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html',
}
