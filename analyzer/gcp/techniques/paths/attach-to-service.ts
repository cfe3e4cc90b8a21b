import type { Technique } from '../technique.ts'

export const attachToService: Technique = {
  id: 'attach-to-service',
  label: 'runs a service as it',
  says: 'runs a Cloud Run service as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'run.services.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/run/docs/configuring/services/service-identity',
}
