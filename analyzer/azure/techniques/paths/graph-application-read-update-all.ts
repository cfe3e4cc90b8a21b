import type { Technique } from '../technique.ts'

export const graphApplicationReadUpdateAll: Technique = {
  id: 'graph-application-read-update-all',
  label: 'adds a credential',
  says: 'adds a credential to {whom}',
  whom: { kind: 'application' },
  effect: 'become',
  ways: [[{ permission: 'Application.ReadUpdate.All', on: 'graph' }]],
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
