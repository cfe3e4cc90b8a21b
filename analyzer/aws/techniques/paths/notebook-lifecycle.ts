import type { Technique } from '../technique.ts'

export const notebookLifecycle: Technique = {
  id: 'notebook-lifecycle',
  pathfinding: 'sagemaker-005',
  label: 'change its notebook',
  says: 'may make a SageMaker notebook that runs as {whom} start with a script of its own',
  whom: { kind: 'host', type: 'sagemaker:notebook-instance' },
  effect: 'become',
  needs: [
    {
      action: 'sagemaker:CreateNotebookInstanceLifecycleConfig',
      on: { any: 'arn:aws:sagemaker:*:{account}:notebook-instance-lifecycle-config/*' },
    },
    { action: 'sagemaker:StopNotebookInstance', on: 'resource' },
    { action: 'sagemaker:UpdateNotebookInstance', on: 'resource' },
    { action: 'sagemaker:StartNotebookInstance', on: 'resource' },
  ],
  state: [],
  remedy:
    'let sagemaker:CreateNotebookInstanceLifecycleConfig and sagemaker:StartNotebookInstance and sagemaker:StopNotebookInstance and sagemaker:UpdateNotebookInstance name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html',
}
