import type { Technique } from '../technique.ts'

export const clusterRunCommand: Technique = {
  id: 'cluster-run-command',
  label: 'runs commands in it',
  says: 'runs commands in {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ContainerService/managedClusters' },
  effect: 'administer',
  ways: [
    [
      { permission: 'Microsoft.ContainerService/managedClusters/runCommand/action', on: 'whom' },
      { permission: 'Microsoft.ContainerService/managedClusters/commandResults/read', on: 'whom' },
    ],
  ],
  assumes: 'run command of the cluster is not turned off',
  remedy: 'turn off run command of the cluster',
  source: 'https://learn.microsoft.com/azure/aks/access-private-cluster',
}
