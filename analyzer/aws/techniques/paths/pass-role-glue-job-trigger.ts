import type { Technique } from '../technique.ts'

export const passRoleGlueJobTrigger: Technique = {
  id: 'pass-role.glue-job-trigger',
  pathfinding: 'glue-004',
  label: 'pass role to Glue',
  says: 'may create a Glue job that runs as {whom}, and a trigger that starts it',
  whom: { kind: 'passed-role', services: ['glue.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'glue:CreateJob', on: { any: 'arn:aws:glue:*:{account}:job/*' } },
    { action: 'glue:CreateTrigger', on: { any: 'arn:aws:glue:*:{account}:trigger/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/glue/latest/dg/set-up-iam.html',
}
