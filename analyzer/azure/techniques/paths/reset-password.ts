import type { Technique } from '../technique.ts'

export const resetPassword: Technique = {
  id: 'reset-password',
  label: 'resets its password',
  says: 'resets the password of {whom}',
  whom: { kind: 'user', of: 'by-role' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/users/password/update', on: 'whom' }]],
  assumes: 'a password is enough to sign in as that user',
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions',
}
