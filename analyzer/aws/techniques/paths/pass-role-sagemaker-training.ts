import type { Technique } from '../technique.ts'

export const passRoleSagemakerTraining: Technique = {
  id: 'pass-role.sagemaker-training',
  pathfinding: 'sagemaker-002',
  label: 'pass role to SageMaker',
  says: 'may run a training job with code of its own as {whom}',
  whom: { kind: 'passed-role', services: ['sagemaker.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'sagemaker:CreateTrainingJob', on: { any: 'arn:aws:sagemaker:*:{account}:training-job/*' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
}
