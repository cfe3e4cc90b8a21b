import type { Technique } from '../technique.ts'

export const updateComposer: Technique = {
  id: 'update-composer',
  label: 'changes its environment',
  says: 'changes a Composer environment that runs as {whom}',
  whom: { kind: 'host', types: ['composer.googleapis.com/Environment'] },
  effect: 'become',
  ways: [[{ permission: 'composer.environments.update', on: 'resource' }]],
  remedy: 'grant Composer roles to few',
  source: 'https://cloud.google.com/composer/docs/how-to/access-control',
}
