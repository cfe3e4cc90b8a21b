import type { Technique } from '../technique.ts'

export const attachToPipeline: Technique = {
  id: 'attach-to-pipeline',
  label: 'runs a pipeline as it',
  says: 'runs a Vertex AI pipeline as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'aiplatform.pipelineJobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/vertex-ai/docs/general/custom-service-account',
}
