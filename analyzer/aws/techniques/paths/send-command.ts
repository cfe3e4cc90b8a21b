import type { Technique } from '../technique.ts'

export const sendCommand: Technique = {
  id: 'send-command',
  pathfinding: 'ssm-002',
  label: 'run command on instance',
  says: 'may run commands on an instance that runs as {whom}',
  whom: { kind: 'host', type: 'ec2:instance' },
  effect: 'become',
  needs: [
    { action: 'ssm:SendCommand', on: 'resource' },
    { action: 'ssm:SendCommand', on: { any: 'arn:aws:ssm:*::document/AWS-RunShellScript' } },
  ],
  state: ['running', 'session-manager'],
  remedy:
    'let ssm:SendCommand name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html',
}
