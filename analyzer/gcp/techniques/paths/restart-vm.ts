import type { Technique } from '../technique.ts'

export const restartVm: Technique = {
  id: 'restart-vm',
  label: 'changes its VM',
  says: 'resets a VM that runs as {whom} with a startup script',
  whom: { kind: 'host', types: ['compute.googleapis.com/Instance'] },
  effect: 'become',
  ways: [
    [
      { permission: 'compute.instances.get', on: 'resource' },
      { permission: 'compute.instances.setMetadata', on: 'resource' },
      { permission: 'compute.instances.reset', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  assumes: 'the instance is running',
  remedy: 'grant changes to workloads only to who may act as their service account',
  source: 'https://cloud.google.com/compute/docs/instances/startup-scripts/linux',
}
