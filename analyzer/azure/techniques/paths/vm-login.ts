import type { Technique } from '../technique.ts'

export const vmLogin: Technique = {
  id: 'vm-login',
  label: 'signs in to it',
  says: 'signs in to a VM that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachines'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Compute/virtualMachines/login/action', on: 'resource' }]],
  assumes:
    'the VM lets Entra users sign in (extension AADSSHLoginForLinux or AADLoginForWindows), and can be reached',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-linux',
}
