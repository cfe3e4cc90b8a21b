import type { Technique } from '../technique.ts'

export const attachToVm: Technique = {
  id: 'attach-to-vm',
  label: 'runs a VM as it',
  says: 'runs a VM as {whom}',
  whom: { kind: 'identity', at: 'Microsoft.Compute/virtualMachines' },
  effect: 'become',
  ways: [
    [
      { permission: 'Microsoft.Compute/virtualMachines/write', on: 'place' },
      { permission: 'Microsoft.Compute/virtualMachines/runCommand/action', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
    [
      { permission: 'Microsoft.Compute/virtualMachines/write', on: 'place' },
      { permission: 'Microsoft.Compute/virtualMachines/extensions/write', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
    [
      { permission: 'Microsoft.Compute/virtualMachines/write', on: 'place' },
      { permission: 'Microsoft.Network/networkInterfaces/write', on: 'place' },
      { permission: 'Microsoft.Network/networkInterfaces/join/action', on: 'place' },
      { permission: 'Microsoft.Network/virtualNetworks/subnets/join/action', on: 'place' },
      { permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', on: 'whom' },
    ],
  ],
  remedy:
    'grant Managed Identity Operator on the identities that are meant, not on their group or subscription',
  source:
    'https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-configure-managed-identities',
}
