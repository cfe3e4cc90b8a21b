import type { Technique } from '../technique.ts'

export const clusterAdminCredential: Technique = {
  id: 'cluster-admin-credential',
  label: 'takes the admin credential',
  says: 'gets the admin credential of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ContainerService/managedClusters' },
  effect: 'administer',
  ways: [
    [
      {
        permission: 'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
        on: 'whom',
      },
    ],
  ],
  assumes: 'local accounts of the cluster are not turned off',
  remedy: 'turn off local accounts of the cluster',
  source: 'https://learn.microsoft.com/azure/aks/control-kubeconfig-access',
}
