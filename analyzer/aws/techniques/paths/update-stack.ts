import type { Technique } from '../technique.ts'

export const updateStack: Technique = {
  id: 'update-stack',
  pathfinding: 'cloudformation-002',
  label: 'change its stack',
  says: 'may change a stack whose resources CloudFormation makes as {whom}',
  whom: { kind: 'host', type: 'cloudformation:stack' },
  effect: 'become',
  needs: [{ action: 'cloudformation:UpdateStack', on: 'resource' }],
  state: [],
  remedy:
    'let cloudformation:UpdateStack name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html',
}
