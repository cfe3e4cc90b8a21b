import type { Technique } from '../technique.ts'

export const writeDag: Technique = {
  id: 'write-dag',
  label: 'writes its workflows',
  says: 'writes a DAG for a Composer environment that runs as {whom}',
  whom: { kind: 'host', types: ['composer.googleapis.com/Environment'] },
  effect: 'become',
  ways: [[{ permission: 'storage.objects.create', on: 'project' }]],
  missing: 'which bucket holds its DAGs',
  remedy: 'grant storage roles on single buckets, and none on the one of the DAGs',
  source: 'https://cloud.google.com/composer/docs/concepts/cloud-storage',
}
