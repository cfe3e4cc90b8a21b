import type { Technique } from '../technique.ts'

export const graphOrganizationReadWriteAll: Technique = {
  id: 'graph-organization-read-write-all',
  label: 'trusts its own authority',
  says: 'trusts an authority of its own for certificates of {whom}',
  whom: { kind: 'user', of: 'all' },
  effect: 'become',
  ways: [[{ permission: 'Organization.ReadWrite.All', on: 'graph' }]],
  assumes: 'certificate-based authentication is enabled for that user',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
