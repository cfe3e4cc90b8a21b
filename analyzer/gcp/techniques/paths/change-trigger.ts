import type { Technique } from '../technique.ts'

export const changeTrigger: Technique = {
  id: 'change-trigger',
  label: 'builds as it',
  says: 'changes a trigger whose builds run as {whom}',
  whom: { kind: 'agent', agent: 'build' },
  effect: 'become',
  ways: [[{ permission: 'cloudbuild.builds.update', on: 'project' }]],
  assumes: 'builds of the project run as the legacy account by default, and it has a trigger',
  remedy: 'let builds name an account of their own, with few rights',
  source: 'https://cloud.google.com/build/docs/iam-roles-permissions',
}
