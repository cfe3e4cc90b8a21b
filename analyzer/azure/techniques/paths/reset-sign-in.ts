import type { Technique } from '../technique.ts'

export const resetSignIn: Technique = {
  id: 'reset-sign-in',
  label: 'resets how it signs in',
  says: 'resets the password of {whom} and adds a second factor of its own',
  whom: { kind: 'user', of: 'by-role' },
  effect: 'become',
  ways: [
    [
      { permission: 'microsoft.directory/users/password/update', on: 'whom' },
      { permission: 'microsoft.directory/users/authenticationMethods/create', on: 'whom' },
    ],
  ],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions',
}
