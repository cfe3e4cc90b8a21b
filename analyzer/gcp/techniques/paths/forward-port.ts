import type { Technique } from '../technique.ts'

export const forwardPort: Technique = {
  id: 'forward-port',
  label: 'reaches its ports',
  says: 'reaches the ports of a pod of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [[{ permission: 'container.pods.portForward', on: 'project' }]],
  missing: 'what the pods of the cluster let the one do who reaches their ports',
  remedy: 'leave container.pods.portForward out of roles',
  source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/iam',
}
