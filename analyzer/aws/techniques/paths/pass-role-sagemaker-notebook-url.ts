import type { Technique } from '../technique.ts'

export const passRoleSagemakerNotebookUrl: Technique = {
  id: 'pass-role.sagemaker-notebook-url',
  label: 'pass role to SageMaker',
  says: 'may create a SageMaker notebook that runs as {whom} and open it',
  whom: { kind: 'passed-role', services: ['sagemaker.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    {
      action: 'sagemaker:CreateNotebookInstance',
      on: { any: 'arn:aws:sagemaker:*:{account}:notebook-instance/*' },
    },
    {
      action: 'sagemaker:CreatePresignedNotebookInstanceUrl',
      on: { any: 'arn:aws:sagemaker:*:{account}:notebook-instance/*' },
    },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
}
