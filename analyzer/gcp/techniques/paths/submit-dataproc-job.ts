import type { Technique } from '../technique.ts'

export const submitDataprocJob: Technique = {
  id: 'submit-dataproc-job',
  label: 'runs code on its cluster',
  says: 'submits a job to a Dataproc cluster that runs as {whom}',
  whom: { kind: 'host', types: ['dataproc.googleapis.com/Cluster'] },
  effect: 'become',
  ways: [
    [
      { permission: 'dataproc.jobs.create', on: 'project' },
      { permission: 'dataproc.clusters.use', on: 'resource' },
    ],
  ],
  remedy: 'grant Dataproc Editor on the clusters that are meant',
  source: 'https://cloud.google.com/dataproc/docs/concepts/iam/iam',
}
