import type { Technique } from '../technique.ts'

export const replaceImage: Technique = {
  id: 'replace-image',
  label: 'replaces its image',
  says: 'replaces what a workload runs as {whom}',
  whom: {
    kind: 'host',
    types: ['run.googleapis.com/Service', 'run.googleapis.com/Job', 'container.googleapis.com/Cluster'],
  },
  effect: 'become',
  ways: [[{ permission: 'artifactregistry.repositories.uploadArtifacts', on: 'project' }]],
  missing: 'from which repository it takes its image, and whether by digest',
  remedy: 'deploy images by digest, and grant Artifact Registry Writer to pipelines only',
  source: 'https://cloud.google.com/artifact-registry/docs/access-control',
}
