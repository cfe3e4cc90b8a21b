import type { Cloud, NodeId, PrincipalNode, SourceRef } from '../graph/index.ts'

/** An outside token that a trust of the estate accepts. */
interface AcceptedToken {
  /** The node of whoever holds such a token. */
  readonly presenter: NodeId
  readonly name: string
  readonly at: SourceRef
}

/** A node for each kind of outside token that is accepted: who holds such a token is outside the estate. */
export function tokenHolders(cloud: Cloud, accepted: Iterable<AcceptedToken>): PrincipalNode[] {
  const nodes = new Map<NodeId, PrincipalNode>()
  for (const { presenter, name, at } of accepted) {
    if (nodes.has(presenter)) continue
    nodes.set(presenter, {
      kind: 'principal',
      id: presenter,
      cloud,
      name,
      type: 'federated',
      scope: null,
      tags: [],
      seen: at,
      human: false,
      external: true,
    })
  }
  return [...nodes.values()]
}
