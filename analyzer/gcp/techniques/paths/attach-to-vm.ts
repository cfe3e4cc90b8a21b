import type { Technique } from '../technique.ts'

export const attachToVm: Technique = {
  id: 'attach-to-vm',
  label: 'runs a VM as it',
  says: 'runs a VM as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'compute.instances.create', on: 'project' },
      { permission: 'compute.disks.create', on: 'project' },
      { permission: 'compute.subnetworks.use', on: 'project' },
      { permission: 'compute.instances.setMetadata', on: 'project' },
      { permission: 'compute.instances.setServiceAccount', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/compute/docs/instances/create-start-instance',
}
