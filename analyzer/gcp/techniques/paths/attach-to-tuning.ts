import type { Technique } from '../technique.ts'

export const attachToTuning: Technique = {
  id: 'attach-to-tuning',
  label: 'tunes as it',
  says: 'runs a hyperparameter tuning job as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'aiplatform.hyperparameterTuningJobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/vertex-ai/docs/general/custom-service-account',
}
