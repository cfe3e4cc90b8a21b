import type { Technique } from '../technique.ts'

export const passRoleGlueJobUpdate: Technique = {
  id: 'pass-role.glue-job-update',
  pathfinding: 'glue-005',
  label: 'pass role to Glue',
  says: 'may change a Glue job to run its own script as {whom}',
  whom: { kind: 'passed-role', services: ['glue.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'glue:UpdateJob', on: { some: 'glue:job' } },
    { action: 'glue:StartJobRun', on: { some: 'glue:job' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/glue/latest/dg/set-up-iam.html',
}
