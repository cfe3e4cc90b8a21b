import type { Technique } from '../technique.ts'

export const passRoleGlueSession: Technique = {
  id: 'pass-role.glue-session',
  label: 'pass role to Glue',
  says: 'may run statements in a Glue interactive session as {whom}',
  whom: { kind: 'passed-role', services: ['glue.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'glue:CreateSession', on: { any: 'arn:aws:glue:*:{account}:session/*' } },
    { action: 'glue:RunStatement', on: { any: 'arn:aws:glue:*:{account}:session/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/glue/latest/dg/glue-is-security.html',
}
