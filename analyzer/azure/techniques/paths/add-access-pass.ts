import type { Technique } from '../technique.ts'

export const addAccessPass: Technique = {
  id: 'add-access-pass',
  label: 'adds a sign-in method',
  says: 'makes a Temporary Access Pass of {whom}',
  whom: { kind: 'user', of: 'by-role' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/users/authenticationMethods/create', on: 'whom' }]],
  assumes: 'Temporary Access Pass is enabled for that user',
  remedy: 'assign it for a time, on single objects or administrative units',
  source:
    'https://learn.microsoft.com/entra/identity/authentication/howto-authentication-temporary-access-pass',
}
