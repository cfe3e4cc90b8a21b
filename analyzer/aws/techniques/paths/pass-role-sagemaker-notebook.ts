import type { Technique } from '../technique.ts'

export const passRoleSagemakerNotebook: Technique = {
  id: 'pass-role.sagemaker-notebook',
  pathfinding: 'sagemaker-001',
  label: 'pass role to SageMaker',
  says: 'may create a SageMaker notebook that runs as {whom}',
  whom: { kind: 'passed-role', services: ['sagemaker.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    {
      action: 'sagemaker:CreateNotebookInstance',
      on: { any: 'arn:aws:sagemaker:*:{account}:notebook-instance/*' },
    },
  ],
  state: [],
  assumes: 'a lifecycle configuration runs its code there, or somebody opens the notebook for it',
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
}
