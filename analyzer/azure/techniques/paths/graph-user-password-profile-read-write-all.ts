import type { Technique } from '../technique.ts'

export const graphUserPasswordProfileReadWriteAll: Technique = {
  id: 'graph-user-password-profile-read-write-all',
  label: 'resets its password',
  says: 'resets the password of {whom}',
  whom: { kind: 'user', of: 'without-role' },
  effect: 'become',
  ways: [[{ permission: 'User-PasswordProfile.ReadWrite.All', on: 'graph' }]],
  assumes: 'a password is enough to sign in as that user',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
