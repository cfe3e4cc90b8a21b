import type { Technique } from '../technique.ts'

export const setVmPolicy: Technique = {
  id: 'set-vm-policy',
  label: 'signs in to its VM',
  says: 'grants itself sign-in to a VM that runs as {whom}',
  whom: { kind: 'host', types: ['compute.googleapis.com/Instance'] },
  effect: 'become',
  ways: [
    [
      { permission: 'compute.instances.setIamPolicy', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  assumes: 'OS Login is on for the instance',
  remedy: 'grant compute.instances.setIamPolicy to few',
  source: 'https://cloud.google.com/compute/docs/oslogin/set-up-oslogin',
}
