import type { Technique } from '../technique.ts'

export const startBuildBatch: Technique = {
  id: 'start-build-batch',
  pathfinding: 'codebuild-003',
  label: 'run a build',
  says: 'may run a batch build with commands of its own in a project that runs as {whom}',
  whom: { kind: 'host', type: 'codebuild:project' },
  effect: 'become',
  needs: [{ action: 'codebuild:StartBuildBatch', on: 'resource' }],
  state: [],
  assumes: 'the project can run batch builds',
  remedy:
    'let codebuild:StartBuildBatch name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuildBatch.html',
}
