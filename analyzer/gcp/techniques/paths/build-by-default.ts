import type { Technique } from '../technique.ts'

export const buildByDefault: Technique = {
  id: 'build-by-default',
  label: 'builds as it',
  says: 'runs a build, by default as {whom}',
  whom: { kind: 'agent', agent: 'build' },
  effect: 'become',
  ways: [[{ permission: 'cloudbuild.builds.create', on: 'project' }]],
  assumes: 'builds of the project run as the legacy account by default',
  remedy: 'let builds name an account of their own, with few rights',
  source: 'https://cloud.google.com/build/docs/cloud-build-service-account',
}
