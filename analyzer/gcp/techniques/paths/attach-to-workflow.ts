import type { Technique } from '../technique.ts'

export const attachToWorkflow: Technique = {
  id: 'attach-to-workflow',
  label: 'runs a workflow as it',
  says: 'runs a workflow as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'workflows.workflows.create', on: 'project' },
      { permission: 'workflows.executions.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/workflows/docs/authentication',
}
