import type { Technique } from '../technique.ts'

export const updateAppRunner: Technique = {
  id: 'update-app-runner',
  pathfinding: 'apprunner-002',
  label: 'change its App Runner',
  says: 'may put its own image into an App Runner service that runs as {whom}',
  whom: { kind: 'host', type: 'apprunner:service' },
  effect: 'become',
  needs: [{ action: 'apprunner:UpdateService', on: 'resource' }],
  state: [],
  remedy:
    'let apprunner:UpdateService name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/apprunner/latest/api/API_UpdateService.html',
}
