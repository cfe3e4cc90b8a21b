import type { Technique } from '../technique.ts'

export const setMetadata: Technique = {
  id: 'set-metadata',
  label: 'signs in to its VM',
  says: 'puts an SSH key on a VM that runs as {whom}',
  whom: { kind: 'host', types: ['compute.googleapis.com/Instance'] },
  effect: 'become',
  ways: [
    [
      { permission: 'compute.instances.setMetadata', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  assumes: 'the instance takes SSH keys from its metadata, or runs its startup script again',
  remedy: 'turn on OS Login, and grant compute.instances.setMetadata to few',
  source: 'https://cloud.google.com/compute/docs/connect/add-ssh-keys',
}
