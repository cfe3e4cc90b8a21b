import type { Technique } from '../technique.ts'

export const runTraining: Technique = {
  id: 'run-training',
  label: 'runs code as it',
  says: 'runs a job in a workspace whose compute is {whom}',
  whom: {
    kind: 'host',
    types: [
      'Microsoft.MachineLearningServices/workspaces',
      'Microsoft.MachineLearningServices/workspaces/computes',
    ],
  },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.MachineLearningServices/workspaces/jobs/write', on: 'resource' }]],
  assumes: 'a compute of the workspace runs as it',
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication',
}
