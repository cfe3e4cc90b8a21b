import type { Technique } from '../technique.ts'

export const clusterPods: Technique = {
  id: 'cluster-pods',
  label: 'runs code in it',
  says: 'runs pods in {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ContainerService/managedClusters' },
  effect: 'write',
  ways: [
    [{ permission: 'Microsoft.ContainerService/managedClusters/pods/write', on: 'whom' }],
    [{ permission: 'Microsoft.ContainerService/managedClusters/apps/deployments/write', on: 'whom' }],
    [{ permission: 'Microsoft.ContainerService/managedClusters/pods/exec/action', on: 'whom' }],
  ],
  assumes: 'the cluster uses Azure RBAC for Kubernetes',
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://learn.microsoft.com/azure/aks/manage-azure-rbac',
}
