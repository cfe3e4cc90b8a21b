import type { Technique } from '../technique.ts'

export const redeployAsService: Technique = {
  id: 'redeploy-as-service',
  label: 'deploys as Google',
  says: 'changes a deployment, which is carried out as {whom}',
  whom: { kind: 'agent', agent: 'apis' },
  effect: 'become',
  ways: [[{ permission: 'deploymentmanager.deployments.update', on: 'project' }]],
  exists: ['deploymentmanager.googleapis.com/Deployment'],
  remedy: 'grant what starts work of a service that runs with its own account to few',
  source: 'https://cloud.google.com/deployment-manager/docs/access-control',
}
