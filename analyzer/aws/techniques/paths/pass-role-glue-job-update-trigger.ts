import type { Technique } from '../technique.ts'

export const passRoleGlueJobUpdateTrigger: Technique = {
  id: 'pass-role.glue-job-update-trigger',
  pathfinding: 'glue-006',
  label: 'pass role to Glue',
  says: 'may change a Glue job to run its own script as {whom}, and create a trigger that starts it',
  whom: { kind: 'passed-role', services: ['glue.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'glue:UpdateJob', on: { some: 'glue:job' } },
    { action: 'glue:CreateTrigger', on: { any: 'arn:aws:glue:*:{account}:trigger/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/glue/latest/dg/set-up-iam.html',
}
