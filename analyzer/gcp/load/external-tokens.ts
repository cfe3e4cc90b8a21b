import type { PrincipalNode } from '../../../graph/index.ts'
import { acceptedTokens } from '../federation.ts'
import type { GcpState } from '../state.ts'

/** A node for each kind of outside token that a pool accepts: who holds such a token is outside the estate. */
export function externalTokenNodes(state: GcpState): PrincipalNode[] {
  const nodes = new Map<string, PrincipalNode>()
  for (const accepted of acceptedTokens(state)) {
    if (nodes.has(accepted.presenter)) continue
    nodes.set(accepted.presenter, {
      kind: 'principal',
      id: accepted.presenter,
      cloud: 'gcp',
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
