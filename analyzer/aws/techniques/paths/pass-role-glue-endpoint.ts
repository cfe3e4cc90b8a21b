import type { Technique } from '../technique.ts'

export const passRoleGlueEndpoint: Technique = {
  id: 'pass-role.glue-endpoint',
  pathfinding: 'glue-001',
  label: 'pass role to Glue',
  says: 'may open a Glue development endpoint that runs as {whom}',
  whom: { kind: 'passed-role', services: ['glue.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'glue:CreateDevEndpoint', on: '*' },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/glue/latest/dg/set-up-iam.html',
}
