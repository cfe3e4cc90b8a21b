import type { Technique } from '../technique.ts'

export const addSecurityMember: Technique = {
  id: 'add-security-member',
  label: 'adds itself',
  says: 'adds itself to {whom}',
  whom: { kind: 'group', of: 'security' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/groups.security/members/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/custom-group-permissions',
}
