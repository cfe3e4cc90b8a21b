import type { Technique } from '../technique.ts'

export const passRoleAppRunner: Technique = {
  id: 'pass-role.app-runner',
  pathfinding: 'apprunner-001',
  label: 'pass role to App Runner',
  says: 'may run a new App Runner service as {whom}',
  whom: { kind: 'passed-role', services: ['tasks.apprunner.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'apprunner:CreateService', on: { any: 'arn:aws:apprunner:*:{account}:service/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html',
}
