import type { Technique } from '../technique.ts'

export const attachToSchedule: Technique = {
  id: 'attach-to-schedule',
  label: 'sends requests as it',
  says: 'runs a scheduled request as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'cloudscheduler.jobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/scheduler/docs/http-target-auth',
}
