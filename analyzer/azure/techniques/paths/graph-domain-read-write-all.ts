import type { Technique } from '../technique.ts'

export const graphDomainReadWriteAll: Technique = {
  id: 'graph-domain-read-write-all',
  label: 'federates a domain',
  says: 'lets a domain of {whom} trust an issuer of its own',
  whom: { kind: 'user', of: 'all' },
  effect: 'become',
  ways: [[{ permission: 'Domain.ReadWrite.All', on: 'graph' }]],
  assumes: 'a verified domain of that user can be federated',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
