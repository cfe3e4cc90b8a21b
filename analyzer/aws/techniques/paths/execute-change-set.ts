import type { Technique } from '../technique.ts'

export const executeChangeSet: Technique = {
  id: 'execute-change-set',
  pathfinding: 'cloudformation-005',
  label: 'change its stack',
  says: 'may run a change set on a stack whose resources CloudFormation makes as {whom}',
  whom: { kind: 'host', type: 'cloudformation:stack' },
  effect: 'become',
  needs: [
    { action: 'cloudformation:CreateChangeSet', on: 'resource' },
    { action: 'cloudformation:ExecuteChangeSet', on: 'resource' },
  ],
  state: [],
  remedy:
    'let cloudformation:CreateChangeSet and cloudformation:ExecuteChangeSet name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html',
}
