import type { Technique } from '../technique.ts'

export const sendSshKey: Technique = {
  id: 'send-ssh-key',
  pathfinding: 'ec2instanceconnect-003',
  label: 'SSH into its instance',
  says: 'may sign in to an instance that runs as {whom}',
  whom: { kind: 'host', type: 'ec2:instance' },
  effect: 'become',
  needs: [
    { action: 'ec2-instance-connect:SendSSHPublicKey', on: 'resource' },
    { action: 'ec2:DescribeInstances', on: '*' },
  ],
  state: ['running'],
  assumes: 'the instance has EC2 Instance Connect and its SSH port can be reached',
  remedy:
    'let ec2-instance-connect:SendSSHPublicKey and ec2:DescribeInstances name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html',
}
