import type { Technique } from '../technique.ts'

export const attachToBatch: Technique = {
  id: 'attach-to-batch',
  label: 'runs a batch job as it',
  says: 'runs a Batch job as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'batch.jobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/batch/docs/create-run-job-custom-service-account',
}
