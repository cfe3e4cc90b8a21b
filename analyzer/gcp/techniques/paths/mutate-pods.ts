import type { Technique } from '../technique.ts'

export const mutatePods: Technique = {
  id: 'mutate-pods',
  label: 'changes its pods',
  says: 'changes every new pod in the cluster of {whom}',
  whom: { kind: 'workload' },
  effect: 'become',
  ways: [
    [{ permission: 'container.mutatingWebhookConfigurations.create', on: 'project' }],
    [{ permission: 'container.mutatingWebhookConfigurations.update', on: 'project' }],
  ],
  remedy: 'grant webhooks to administrators only',
  source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/iam',
}
