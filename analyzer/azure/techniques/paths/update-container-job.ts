import type { Technique } from '../technique.ts'

export const updateContainerJob: Technique = {
  id: 'update-container-job',
  label: 'changes what it runs',
  says: 'changes what a job runs as {whom}',
  whom: { kind: 'host', types: ['Microsoft.App/jobs'] },
  effect: 'become',
  ways: [[{ permission: 'Microsoft.App/jobs/write', on: 'resource' }]],
  remedy: 'grant roles that run code on it to few, and give its identity only what it needs',
  source: 'https://learn.microsoft.com/azure/container-apps/jobs',
}
