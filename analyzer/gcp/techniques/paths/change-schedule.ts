import type { Technique } from '../technique.ts'

export const changeSchedule: Technique = {
  id: 'change-schedule',
  label: 'sends requests as it',
  says: 'lets a scheduled request be sent as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'cloudscheduler.jobs.update', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  exists: ['cloudscheduler.googleapis.com/Job'],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/scheduler/docs/http-target-auth',
}
