import type { Technique } from '../technique.ts'

export const scaleSetExtension: Technique = {
  id: 'scale-set-extension',
  label: 'runs code as it',
  says: 'installs an extension on instances that run as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachineScaleSets'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Compute/virtualMachineScaleSets/extensions/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-faq',
}
