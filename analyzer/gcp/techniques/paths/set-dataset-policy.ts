import type { Technique } from '../technique.ts'

export const setDatasetPolicy: Technique = {
  id: 'set-dataset-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'bigquery.googleapis.com/Dataset' },
  effect: 'administer',
  ways: [[{ permission: 'bigquery.datasets.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/bigquery/docs/access-control',
}
