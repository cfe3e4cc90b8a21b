import type { Technique } from '../technique.ts'

export const delegate: Technique = {
  id: 'delegate',
  label: 'delegates through it',
  says: 'gets tokens of {whom} through an account that may',
  whom: { kind: 'delegated' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccounts.implicitDelegation', on: 'whom' }]],
  remedy: 'leave iam.serviceAccounts.implicitDelegation out of roles',
  source: 'https://cloud.google.com/iam/docs/create-short-lived-credentials-delegated',
}
