import type { Technique } from '../technique.ts'

export const vmExtension: Technique = {
  id: 'vm-extension',
  label: 'runs code as it',
  says: 'installs an extension on a VM that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachines'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Compute/virtualMachines/extensions/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/virtual-machines/extensions/overview',
}
