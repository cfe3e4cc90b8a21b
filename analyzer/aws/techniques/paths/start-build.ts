import type { Technique } from '../technique.ts'

export const startBuild: Technique = {
  id: 'start-build',
  pathfinding: 'codebuild-002',
  label: 'run a build',
  says: 'may run a build with commands of its own in a project that runs as {whom}',
  whom: { kind: 'host', type: 'codebuild:project' },
  effect: 'become',
  needs: [{ action: 'codebuild:StartBuild', on: 'resource' }],
  state: [],
  remedy:
    'let codebuild:StartBuild name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html',
}
