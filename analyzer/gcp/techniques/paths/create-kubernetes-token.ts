import type { Technique } from '../technique.ts'

export const createKubernetesToken: Technique = {
  id: 'create-kubernetes-token',
  label: 'mints its tokens',
  says: 'mints Kubernetes tokens of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [[{ permission: 'container.serviceAccounts.createToken', on: 'project' }]],
  remedy: 'leave container.serviceAccounts.createToken out of roles',
  source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/iam',
}
