import type { Technique } from '../technique.ts'

export const setFolderPolicy: Technique = {
  id: 'set-folder-policy',
  label: 'administers',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'container', type: 'folders' },
  effect: 'administer',
  ways: [[{ permission: 'resourcemanager.folders.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few, through entitlements',
  source: 'https://cloud.google.com/iam/docs/granting-changing-revoking-access',
}
