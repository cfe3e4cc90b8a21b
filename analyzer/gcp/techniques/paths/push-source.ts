import type { Technique } from '../technique.ts'

export const pushSource: Technique = {
  id: 'push-source',
  label: 'changes its source',
  says: 'pushes code that a trigger builds as {whom}',
  whom: { kind: 'host', types: ['cloudbuild.googleapis.com/BuildTrigger'] },
  effect: 'become',
  ways: [[{ permission: 'source.repos.update', on: 'project' }]],
  missing: 'which repository its trigger builds',
  remedy: 'protect the branches that triggers build',
  source: 'https://cloud.google.com/source-repositories/docs/configure-access-control',
}
