import type { Technique } from '../technique.ts'

export const modifyLaunchTemplate: Technique = {
  id: 'modify-launch-template',
  pathfinding: 'ec2-004',
  label: 'change launch template',
  says: 'may make instances that run as {whom} start with a script of its own',
  whom: { kind: 'host', type: 'ec2:launch-template' },
  effect: 'become',
  needs: [
    { action: 'ec2:CreateLaunchTemplateVersion', on: 'resource' },
    { action: 'ec2:ModifyLaunchTemplate', on: 'resource' },
  ],
  state: [],
  assumes: 'something launches instances from the default version of the template',
  remedy:
    'let ec2:CreateLaunchTemplateVersion and ec2:ModifyLaunchTemplate name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html',
}
