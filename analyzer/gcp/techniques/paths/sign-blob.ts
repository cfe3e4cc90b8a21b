import type { Technique } from '../technique.ts'

export const signBlob: Technique = {
  id: 'sign-blob',
  label: 'signs as it',
  says: 'signs what it likes with the key of {whom}, tokens included',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccounts.signBlob', on: 'whom' }]],
  remedy: 'grant Token Creator on single accounts only',
  source: 'https://cloud.google.com/iam/docs/service-account-permissions',
}
