import type { Technique } from '../technique.ts'

export const attachToBuild: Technique = {
  id: 'attach-to-build',
  label: 'runs a build as it',
  says: 'runs a build as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'cloudbuild.builds.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/build/docs/securing-builds/configure-user-specified-service-accounts',
}
