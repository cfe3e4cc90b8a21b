import type { Technique } from '../technique.ts'

export const addApplicationCredential: Technique = {
  id: 'add-application-credential',
  label: 'adds a credential',
  says: 'adds a credential to the application of {whom}',
  whom: { kind: 'application' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/applications/credentials/update', on: 'application' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-available-permissions',
}
