import type { Technique } from '../technique.ts'

export const startSession: Technique = {
  id: 'start-session',
  pathfinding: 'ssm-001',
  label: 'session on its instance',
  says: 'may open a shell on an instance that runs as {whom}',
  whom: { kind: 'host', type: 'ec2:instance' },
  effect: 'become',
  needs: [{ action: 'ssm:StartSession', on: 'resource' }],
  state: ['running', 'session-manager'],
  remedy:
    'let ssm:StartSession name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html',
}
