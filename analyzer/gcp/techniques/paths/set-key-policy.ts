import type { Technique } from '../technique.ts'

export const setKeyPolicy: Technique = {
  id: 'set-key-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'cloudkms.googleapis.com/CryptoKey' },
  effect: 'administer',
  ways: [[{ permission: 'cloudkms.cryptoKeys.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/kms/docs/reference/permissions-and-roles',
}
