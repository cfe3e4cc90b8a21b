import type { Technique } from '../technique.ts'

export const passRoleCodebuildBatch: Technique = {
  id: 'pass-role.codebuild-batch',
  pathfinding: 'codebuild-004',
  label: 'pass role to CodeBuild',
  says: 'may run a batch build of a new CodeBuild project as {whom}',
  whom: { kind: 'passed-role', services: ['codebuild.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'codebuild:CreateProject', on: { any: 'arn:aws:codebuild:*:{account}:project/*' } },
    { action: 'codebuild:StartBuildBatch', on: { any: 'arn:aws:codebuild:*:{account}:project/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html',
}
