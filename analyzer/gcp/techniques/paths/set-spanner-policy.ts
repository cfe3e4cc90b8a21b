import type { Technique } from '../technique.ts'

export const setSpannerPolicy: Technique = {
  id: 'set-spanner-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'spanner.googleapis.com/Database' },
  effect: 'administer',
  ways: [[{ permission: 'spanner.databases.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/spanner/docs/iam',
}
