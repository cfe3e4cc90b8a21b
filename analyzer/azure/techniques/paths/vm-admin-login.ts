import type { Technique } from '../technique.ts'

export const vmAdminLogin: Technique = {
  id: 'vm-admin-login',
  label: 'signs in to it',
  says: 'signs in as administrator to a VM that runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.Compute/virtualMachines'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.Compute/virtualMachines/loginAsAdmin/action', on: 'resource' }]],
  assumes:
    'the VM lets Entra users sign in (extension AADSSHLoginForLinux or AADLoginForWindows), and can be reached',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-linux',
}
