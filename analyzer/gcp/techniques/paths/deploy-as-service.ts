import type { Technique } from '../technique.ts'

export const deployAsService: Technique = {
  id: 'deploy-as-service',
  label: 'deploys as Google',
  says: 'creates a deployment, which is carried out as {whom}',
  whom: { kind: 'agent', agent: 'apis' },
  effect: 'become',
  ways: [[{ permission: 'deploymentmanager.deployments.create', on: 'project' }]],
  remedy: 'grant what starts work of a service that runs with its own account to few',
  source: 'https://cloud.google.com/deployment-manager/docs/access-control',
}
