import type { Technique } from '../technique.ts'

export const passRoleDataPipeline: Technique = {
  id: 'pass-role.data-pipeline',
  pathfinding: 'datapipeline-001',
  label: 'pass role to Data Pipeline',
  says: 'may run a pipeline of its own as {whom}',
  whom: { kind: 'passed-role', services: ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'datapipeline:CreatePipeline', on: '*' },
    {
      action: 'datapipeline:PutPipelineDefinition',
      on: { any: 'arn:aws:datapipeline:*:{account}:pipeline/*' },
    },
    { action: 'datapipeline:ActivatePipeline', on: { any: 'arn:aws:datapipeline:*:{account}:pipeline/*' } },
  ],
  state: [],
  assumes: 'the account used AWS Data Pipeline before it was closed to new customers',
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-iam-roles.html',
}
