import type { Technique } from '../technique.ts'

export const passRoleSagemakerProcessing: Technique = {
  id: 'pass-role.sagemaker-processing',
  pathfinding: 'sagemaker-003',
  label: 'pass role to SageMaker',
  says: 'may run a processing job with code of its own as {whom}',
  whom: { kind: 'passed-role', services: ['sagemaker.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    {
      action: 'sagemaker:CreateProcessingJob',
      on: { any: 'arn:aws:sagemaker:*:{account}:processing-job/*' },
    },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
}
