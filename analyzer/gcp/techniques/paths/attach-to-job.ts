import type { Technique } from '../technique.ts'

export const attachToJob: Technique = {
  id: 'attach-to-job',
  label: 'runs a job as it',
  says: 'runs a Cloud Run job as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'run.jobs.create', on: 'project' },
      { permission: 'run.jobs.run', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/run/docs/configuring/jobs/service-identity',
}
