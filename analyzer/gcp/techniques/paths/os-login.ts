import type { Technique } from '../technique.ts'

export const osLogin: Technique = {
  id: 'os-login',
  label: 'signs in to its VM',
  says: 'signs in to a VM that runs as {whom}',
  whom: { kind: 'host', types: ['compute.googleapis.com/Instance'] },
  effect: 'become',
  ways: [
    [
      { permission: 'compute.instances.osLogin', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  assumes: 'OS Login is on for the instance',
  remedy: 'grant OS Login roles on the instances that are meant',
  source: 'https://cloud.google.com/compute/docs/oslogin/set-up-oslogin',
}
