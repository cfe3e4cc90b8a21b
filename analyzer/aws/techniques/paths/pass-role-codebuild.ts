import type { Technique } from '../technique.ts'

export const passRoleCodebuild: Technique = {
  id: 'pass-role.codebuild',
  pathfinding: 'codebuild-001',
  label: 'pass role to CodeBuild',
  says: 'may run a build of a new CodeBuild project as {whom}',
  whom: { kind: 'passed-role', services: ['codebuild.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'codebuild:CreateProject', on: { any: 'arn:aws:codebuild:*:{account}:project/*' } },
    { action: 'codebuild:StartBuild', on: { any: 'arn:aws:codebuild:*:{account}:project/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html',
}
