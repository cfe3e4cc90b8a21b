import type { Technique } from '../technique.ts'

export const grantItself: Technique = {
  id: 'grant-itself',
  label: 'grants itself access',
  says: 'grants itself the right to get tokens of {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccounts.setIamPolicy', on: 'whom' }]],
  remedy: 'grant Service Account Admin to few, through entitlements',
  source: 'https://cloud.google.com/iam/docs/manage-access-service-accounts',
}
