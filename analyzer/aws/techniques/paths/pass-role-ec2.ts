import type { Technique } from '../technique.ts'

export const passRoleEc2: Technique = {
  id: 'pass-role.ec2',
  pathfinding: 'ec2-001',
  label: 'pass role to EC2',
  says: 'may launch an EC2 instance with the instance profile of {whom}',
  whom: { kind: 'passed-role', services: ['ec2.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'ec2:RunInstances', on: { any: 'arn:aws:ec2:*:{account}:instance/*' } },
    { action: 'ec2:RunInstances', on: { any: 'arn:aws:ec2:*::image/*' } },
    { action: 'ec2:RunInstances', on: { any: 'arn:aws:ec2:*:{account}:network-interface/*' } },
    { action: 'ec2:RunInstances', on: { any: 'arn:aws:ec2:*:{account}:security-group/*' } },
    { action: 'ec2:RunInstances', on: { any: 'arn:aws:ec2:*:{account}:subnet/*' } },
  ],
  state: ['instance-profile'],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html',
}
