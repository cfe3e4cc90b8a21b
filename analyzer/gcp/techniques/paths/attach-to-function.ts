import type { Technique } from '../technique.ts'

export const attachToFunction: Technique = {
  id: 'attach-to-function',
  label: 'runs a function as it',
  says: 'runs a function as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'cloudfunctions.functions.create', on: 'project' },
      { permission: 'cloudfunctions.functions.sourceCodeSet', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/functions/docs/reference/iam/permissions',
}
