import type { Technique } from '../technique.ts'

export const mintIdToken: Technique = {
  id: 'mint-id-token',
  label: 'mints its ID tokens',
  says: 'gets ID tokens of {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccounts.getOpenIdToken', on: 'whom' }]],
  assumes:
    'only where an ID token is taken: Cloud Run, Identity-Aware Proxy, federation with others, not Google APIs',
  remedy: 'grant OpenID Connect Identity Token Creator on single accounts only',
  source: 'https://cloud.google.com/iam/docs/create-short-lived-credentials-direct',
}
