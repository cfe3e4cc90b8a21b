import type { Technique } from '../technique.ts'

export const setBucketPolicy: Technique = {
  id: 'set-bucket-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'storage.googleapis.com/Bucket' },
  effect: 'administer',
  ways: [[{ permission: 'storage.buckets.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/storage/docs/access-control/iam-permissions',
}
