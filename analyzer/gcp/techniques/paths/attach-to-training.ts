import type { Technique } from '../technique.ts'

export const attachToTraining: Technique = {
  id: 'attach-to-training',
  label: 'trains as it',
  says: 'runs a custom training job as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'aiplatform.customJobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/vertex-ai/docs/general/custom-service-account',
}
