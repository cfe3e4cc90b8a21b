import type { Technique } from '../technique.ts'

export const scaleSetRunCommand: Technique = {
  id: 'scale-set-run-command',
  label: 'runs code as it',
  says: 'runs commands on instances that run as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachineScaleSets'] },
  effect: 'become',
  ways: [
    [
      {
        permission: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action',
        on: 'resource',
      },
    ],
    [
      {
        permission: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write',
        on: 'resource',
      },
    ],
  ],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/virtual-machines/windows/run-command',
}
