import type { Technique } from '../technique.ts'

export const updateService: Technique = {
  id: 'update-service',
  label: 'changes its service',
  says: 'changes a Cloud Run service that runs as {whom}',
  whom: { kind: 'host', types: ['run.googleapis.com/Service'] },
  effect: 'become',
  ways: [
    [
      { permission: 'run.services.update', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant changes to workloads only to who may act as their service account',
  source: 'https://cloud.google.com/run/docs/reference/iam/permissions',
}
