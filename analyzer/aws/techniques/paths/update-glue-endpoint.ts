import type { Technique } from '../technique.ts'

export const updateGlueEndpoint: Technique = {
  id: 'update-glue-endpoint',
  pathfinding: 'glue-002',
  label: 'sign in to its endpoint',
  says: 'may put its own SSH key on a Glue development endpoint that runs as {whom}',
  whom: { kind: 'host', type: 'glue:devEndpoint' },
  effect: 'become',
  needs: [{ action: 'glue:UpdateDevEndpoint', on: 'resource' }],
  state: [],
  remedy:
    'let glue:UpdateDevEndpoint name the resources that are meant, and give them roles with no more than they need',
  source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDevEndpoint.html',
}
