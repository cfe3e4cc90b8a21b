import type { Technique } from '../technique.ts'

export const setOrganizationPolicy: Technique = {
  id: 'set-organization-policy',
  label: 'administers',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'container', type: 'organizations' },
  effect: 'administer',
  ways: [[{ permission: 'resourcemanager.organizations.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few, through entitlements',
  source: 'https://cloud.google.com/iam/docs/granting-changing-revoking-access',
}
