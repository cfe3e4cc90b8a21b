import type { Technique } from '../technique.ts'

export const openNotebook: Technique = {
  id: 'open-notebook',
  pathfinding: 'sagemaker-004',
  label: 'open its notebook',
  says: 'may open a SageMaker notebook that runs as {whom}',
  whom: { kind: 'host', type: 'sagemaker:notebook-instance' },
  effect: 'become',
  needs: [{ action: 'sagemaker:CreatePresignedNotebookInstanceUrl', on: 'resource' }],
  state: ['running'],
  remedy:
    'let sagemaker:CreatePresignedNotebookInstanceUrl name the resources that are meant, and give them roles with no more than they need',
  source:
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedNotebookInstanceUrl.html',
}
