import type { Technique } from '../technique.ts'

export const createKey: Technique = {
  id: 'create-key',
  label: 'creates its keys',
  says: 'creates a key of {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'iam.serviceAccountKeys.create', on: 'whom' }]],
  assumes: 'no organization policy forbids keys (iam.disableServiceAccountKeyCreation)',
  remedy: 'enforce iam.disableServiceAccountKeyCreation, and grant nobody Key Admin',
  source: 'https://cloud.google.com/iam/docs/keys-create-delete',
}
