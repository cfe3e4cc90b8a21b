import type { Technique } from '../technique.ts'

export const attachToNotebookRun: Technique = {
  id: 'attach-to-notebook-run',
  label: 'runs a notebook as it',
  says: 'runs a notebook as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'aiplatform.notebookExecutionJobs.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/vertex-ai/docs/general/custom-service-account',
}
