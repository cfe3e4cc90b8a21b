import type { Technique } from '../technique.ts'

export const createStorageKey: Technique = {
  id: 'create-storage-key',
  label: 'reads its storage',
  says: 'creates an HMAC key of {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [[{ permission: 'storage.hmacKeys.create', on: 'project' }]],
  assumes: 'only for what it may do in Cloud Storage, by the XML API',
  remedy: 'grant HMAC Key Admin to nobody; restrict HMAC keys by organization policy',
  source: 'https://cloud.google.com/storage/docs/authentication/hmackeys',
}
