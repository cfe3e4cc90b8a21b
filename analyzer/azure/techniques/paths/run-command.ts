import type { Technique } from '../technique.ts'

export const runCommand: Technique = {
  id: 'run-command',
  label: 'runs code as it',
  says: 'runs commands on a VM as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachines'] },
  effect: 'become',
  ways: [
    [{ permission: 'Microsoft.Compute/virtualMachines/runCommand/action', on: 'resource' }],
    [{ permission: 'Microsoft.Compute/virtualMachines/runCommands/write', on: 'resource' }],
  ],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/virtual-machines/windows/run-command',
}
