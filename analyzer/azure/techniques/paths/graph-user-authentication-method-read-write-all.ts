import type { Technique } from '../technique.ts'

export const graphUserAuthenticationMethodReadWriteAll: Technique = {
  id: 'graph-user-authentication-method-read-write-all',
  label: 'adds a sign-in method',
  says: 'makes a Temporary Access Pass of {whom}',
  whom: { kind: 'user', of: 'all' },
  effect: 'become',
  ways: [[{ permission: 'UserAuthenticationMethod.ReadWrite.All', on: 'graph' }]],
  assumes: 'Temporary Access Pass is enabled for that user',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
