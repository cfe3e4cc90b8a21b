import type { Technique } from '../technique.ts'

export const modifyInstanceUserData: Technique = {
  id: 'modify-instance-user-data',
  pathfinding: 'ec2-002',
  label: 'change its start script',
  says: 'may change the start script of an instance that runs as {whom}, and restart it',
  whom: { kind: 'host', type: 'ec2:instance' },
  effect: 'become',
  needs: [
    { action: 'ec2:ModifyInstanceAttribute', on: 'resource' },
    { action: 'ec2:StopInstances', on: 'resource' },
    { action: 'ec2:StartInstances', on: 'resource' },
  ],
  state: [],
  remedy:
    'let ec2:ModifyInstanceAttribute and ec2:StartInstances and ec2:StopInstances name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html',
}
