import type { Technique } from '../technique.ts'

export const changeMembershipRule: Technique = {
  id: 'change-membership-rule',
  label: 'changes its rule',
  says: 'changes the membership rule of {whom} so that it is a member',
  whom: { kind: 'group', of: 'dynamic' },
  effect: 'become',
  ways: [[{ permission: 'microsoft.directory/groups/dynamicMembershipRule/update', on: 'whom' }]],
  remedy: 'assign it for a time, on single objects or administrative units',
  source: 'https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership',
}
