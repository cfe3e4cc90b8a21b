import type { Technique } from '../technique.ts'

export const setSecretPolicy: Technique = {
  id: 'set-secret-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'secretmanager.googleapis.com/Secret' },
  effect: 'administer',
  ways: [[{ permission: 'secretmanager.secrets.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/secret-manager/docs/access-control',
}
