import type { Technique } from '../technique.ts'

export const decrypt: Technique = {
  id: 'decrypt',
  label: 'decrypts with',
  says: 'decrypts with {whom}',
  whom: { kind: 'jewel', type: 'cloudkms.googleapis.com/CryptoKey' },
  effect: 'read',
  ways: [[{ permission: 'cloudkms.cryptoKeyVersions.useToDecrypt', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://cloud.google.com/kms/docs/reference/permissions-and-roles',
}
