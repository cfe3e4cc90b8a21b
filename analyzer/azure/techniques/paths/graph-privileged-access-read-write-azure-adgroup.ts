import type { Technique } from '../technique.ts'

export const graphPrivilegedAccessReadWriteAzureAdgroup: Technique = {
  id: 'graph-privileged-access-read-write-azure-adgroup',
  label: 'adds members',
  says: 'adds members to {whom} for a time',
  whom: { kind: 'group', of: 'role' },
  effect: 'become',
  ways: [[{ permission: 'PrivilegedAccess.ReadWrite.AzureADGroup', on: 'graph' }]],
  assumes: 'the group is managed in Privileged Identity Management',
  remedy: 'take the application permission away',
  source: 'https://learn.microsoft.com/graph/permissions-reference',
}
