import type { Technique } from '../technique.ts'

export const passRoleEc2Spot: Technique = {
  id: 'pass-role.ec2-spot',
  pathfinding: 'ec2-003',
  label: 'pass role to EC2',
  says: 'may request a Spot Instance with the instance profile of {whom}',
  whom: { kind: 'passed-role', services: ['ec2.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'ec2:RequestSpotInstances', on: { any: 'arn:aws:ec2:*:{account}:spot-instances-request/*' } },
  ],
  state: ['instance-profile'],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotInstances.html',
}
