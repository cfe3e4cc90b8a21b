import type { Technique } from '../technique.ts'

export const escalateInCluster: Technique = {
  id: 'escalate-in-cluster',
  label: 'administers its cluster',
  says: 'gives itself every right in the cluster of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [
    [
      { permission: 'container.roles.escalate', on: 'project' },
      { permission: 'container.roles.create', on: 'project' },
    ],
    [
      { permission: 'container.roles.escalate', on: 'project' },
      { permission: 'container.roles.update', on: 'project' },
    ],
    [
      { permission: 'container.clusterRoles.escalate', on: 'project' },
      { permission: 'container.clusterRoles.create', on: 'project' },
    ],
    [
      { permission: 'container.clusterRoles.escalate', on: 'project' },
      { permission: 'container.clusterRoles.update', on: 'project' },
    ],
  ],
  remedy: 'leave the escalate verb out of roles',
  source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/role-based-access-control',
}
