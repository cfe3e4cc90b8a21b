import type { Technique } from '../technique.ts'

export const bindInCluster: Technique = {
  id: 'bind-in-cluster',
  label: 'administers its cluster',
  says: 'binds itself to every right in the cluster of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [
    [
      { permission: 'container.roles.bind', on: 'project' },
      { permission: 'container.roleBindings.create', on: 'project' },
    ],
    [
      { permission: 'container.roles.bind', on: 'project' },
      { permission: 'container.roleBindings.update', on: 'project' },
    ],
    [
      { permission: 'container.clusterRoles.bind', on: 'project' },
      { permission: 'container.clusterRoleBindings.create', on: 'project' },
    ],
    [
      { permission: 'container.clusterRoles.bind', on: 'project' },
      { permission: 'container.clusterRoleBindings.update', on: 'project' },
    ],
  ],
  remedy: 'leave the bind verb out of roles',
  source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/role-based-access-control',
}
