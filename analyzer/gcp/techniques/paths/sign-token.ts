import type { Technique } from '../technique.ts'

export const signToken: Technique = {
  id: 'sign-token',
  label: 'signs its tokens',
  says: 'signs tokens of {whom} and exchanges them',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccounts.signJwt', on: 'whom' }]],
  remedy: 'grant Token Creator on single accounts only',
  source: 'https://cloud.google.com/iam/docs/service-account-permissions',
}
