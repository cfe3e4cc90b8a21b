import type { Technique } from '../technique.ts'

export const overrideJob: Technique = {
  id: 'override-job',
  label: 'runs its job otherwise',
  says: 'runs a job of {whom} with commands of its own',
  whom: { kind: 'host', types: ['run.googleapis.com/Job'] },
  effect: 'become',
  ways: [
    [
      { permission: 'run.jobs.run', on: 'resource' },
      { permission: 'run.jobs.runWithOverrides', on: 'resource' },
    ],
  ],
  remedy: 'leave run.jobs.runWithOverrides out of roles that only start jobs',
  source: 'https://cloud.google.com/run/docs/execute/jobs',
}
