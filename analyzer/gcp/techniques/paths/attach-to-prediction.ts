import type { Technique } from '../technique.ts'

export const attachToPrediction: Technique = {
  id: 'attach-to-prediction',
  label: 'predicts as it',
  says: 'runs a batch prediction job as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'aiplatform.batchPredictionJobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/vertex-ai/docs/general/custom-service-account',
}
