import type { Technique } from '../technique.ts'

export const execPod: Technique = {
  id: 'exec-pod',
  label: 'opens a shell in its pod',
  says: 'runs commands in a pod of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [[{ permission: 'container.pods.exec', on: 'project' }]],
  assumes: 'a pod of it is running',
  remedy: 'leave container.pods.exec out of roles',
  source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/iam',
}
