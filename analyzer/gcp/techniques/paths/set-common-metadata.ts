import type { Technique } from '../technique.ts'

export const setCommonMetadata: Technique = {
  id: 'set-common-metadata',
  label: 'signs in to its VM',
  says: 'puts an SSH key on every VM of the project of {whom}',
  whom: { kind: 'host', types: ['compute.googleapis.com/Instance'] },
  effect: 'become',
  ways: [
    [
      { permission: 'compute.projects.setCommonInstanceMetadata', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  assumes: 'the instance takes SSH keys from the metadata of its project',
  remedy: 'turn on OS Login, and block project-wide SSH keys',
  source: 'https://cloud.google.com/compute/docs/connect/add-ssh-keys',
}
