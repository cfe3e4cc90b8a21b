import type { Technique } from '../technique.ts'

export const updateJob: Technique = {
  id: 'update-job',
  label: 'changes its job',
  says: 'changes and runs a job that runs as {whom}',
  whom: { kind: 'host', types: ['run.googleapis.com/Job'] },
  effect: 'become',
  ways: [
    [
      { permission: 'run.jobs.update', on: 'resource' },
      { permission: 'run.jobs.run', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant changes to workloads only to who may act as their service account',
  source: 'https://cloud.google.com/run/docs/reference/iam/permissions',
}
