import type { PrincipalNode } from '../../../graph/index.ts'
import { acceptedTokens } from '../federation.ts'
import type { AzureState } from '../state.ts'

/** A node for each outside token that a federated credential accepts: who holds such a token is outside the estate. */
export function externalTokenNodes(state: AzureState): PrincipalNode[] {
  const nodes = new Map<string, PrincipalNode>()
  for (const accepted of acceptedTokens(state)) {
    nodes.set(accepted.presenter, {
      kind: 'principal',
      id: accepted.presenter,
      cloud: 'azure',
      name: accepted.name,
      type: 'federated',
      scope: null,
      tags: [],
      seen: accepted.at,
      human: false,
      external: true,
    })
  }
  return [...nodes.values()]
}
