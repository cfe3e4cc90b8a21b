import type { Technique } from '../technique.ts'

export const setProjectPolicy: Technique = {
  id: 'set-project-policy',
  label: 'administers',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'container', type: 'projects' },
  effect: 'administer',
  ways: [[{ permission: 'resourcemanager.projects.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few, through entitlements',
  source: 'https://cloud.google.com/iam/docs/granting-changing-revoking-access',
}
