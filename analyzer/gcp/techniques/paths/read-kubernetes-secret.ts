import type { Technique } from '../technique.ts'

export const readKubernetesSecret: Technique = {
  id: 'read-kubernetes-secret',
  label: 'reads its token',
  says: 'reads the token of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [[{ permission: 'container.secrets.get', on: 'project' }]],
  assumes: 'a secret of the cluster holds a token of it',
  remedy: 'keep no tokens of service accounts in secrets',
  source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/secret',
}
