import type { Technique } from '../technique.ts'

export const mintToken: Technique = {
  id: 'mint-token',
  label: 'mints its tokens',
  says: 'gets access tokens of {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccounts.getAccessToken', on: 'whom' }]],
  remedy: 'grant Token Creator on single accounts only',
  source: 'https://cloud.google.com/iam/docs/service-account-permissions',
}
