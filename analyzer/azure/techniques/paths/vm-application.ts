import type { Technique } from '../technique.ts'

export const vmApplication: Technique = {
  id: 'vm-application',
  label: 'installs an application',
  says: 'installs an application on a VM that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachines'] },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Compute/galleries/applications/versions/write', on: 'place' },
      { permission: 'Microsoft.Compute/virtualMachines/write', on: 'resource' },
    ],
  ],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/virtual-machines/vm-applications',
}
