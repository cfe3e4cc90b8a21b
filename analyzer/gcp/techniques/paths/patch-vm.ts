import type { Technique } from '../technique.ts'

export const patchVm: Technique = {
  id: 'patch-vm',
  label: 'runs patches on its VM',
  says: 'runs scripts before a patch on a VM that runs as {whom}',
  whom: { kind: 'host', types: ['compute.googleapis.com/Instance'] },
  effect: 'become',
  ways: [
    [{ permission: 'osconfig.patchJobs.exec', on: 'project' }],
    [{ permission: 'osconfig.patchDeployments.create', on: 'project' }],
  ],
  assumes: 'the OS Config agent of the instance is on',
  remedy: 'grant patch roles to few',
  source: 'https://cloud.google.com/compute/vm-manager/docs/patch/create-patch-job',
}
