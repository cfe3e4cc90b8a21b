import type { Technique } from '../technique.ts'

export const passRoleGlueJob: Technique = {
  id: 'pass-role.glue-job',
  pathfinding: 'glue-003',
  label: 'pass role to Glue',
  says: 'may run a new Glue job as {whom}',
  whom: { kind: 'passed-role', services: ['glue.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'glue:CreateJob', on: { any: 'arn:aws:glue:*:{account}:job/*' } },
    { action: 'glue:StartJobRun', on: { any: 'arn:aws:glue:*:{account}:job/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/glue/latest/dg/set-up-iam.html',
}
