import type { Technique } from '../technique.ts'

export const readSecret: Technique = {
  id: 'read-secret',
  label: 'reads',
  says: 'reads {whom}',
  whom: { kind: 'jewel', type: 'secretmanager.googleapis.com/Secret' },
  effect: 'read',
  ways: [[{ permission: 'secretmanager.versions.access', on: 'whom' }]],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://cloud.google.com/secret-manager/docs/access-control',
}
