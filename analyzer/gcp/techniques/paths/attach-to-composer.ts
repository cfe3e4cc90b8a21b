import type { Technique } from '../technique.ts'

export const attachToComposer: Technique = {
  id: 'attach-to-composer',
  label: 'runs Composer as it',
  says: 'runs a Composer environment as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'composer.environments.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/composer/docs/how-to/access-control',
}
