import type { Technique } from '../technique.ts'

export const setTablePolicy: Technique = {
  id: 'set-table-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'bigquery.googleapis.com/Table' },
  effect: 'administer',
  ways: [[{ permission: 'bigquery.tables.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/bigquery/docs/access-control',
}
