import type { Technique } from '../technique.ts'

export const passRoleScheduler: Technique = {
  id: 'pass-role.scheduler',
  label: 'pass role to Scheduler',
  says: 'may schedule a call of any API as {whom}',
  whom: { kind: 'passed-role', services: ['scheduler.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'scheduler:CreateSchedule', on: { any: 'arn:aws:scheduler:*:{account}:schedule/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html',
}
