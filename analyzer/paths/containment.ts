import type { GraphNode, NodeId, PrincipalNode, PrincipalType } from '../../graph/index.ts'

/** Deeper than any cloud nests its containers; ends the walk over a cycle in hostile input. */
const DEEPEST = 64

/** The containers a node lives in, nearest first. */
export function containersOf(nodes: ReadonlyMap<NodeId, GraphNode>, node: GraphNode): NodeId[] {
  const chain: NodeId[] = []
  let scope = node.scope
  while (scope !== null && chain.length < DEEPEST && !chain.includes(scope)) {
    chain.push(scope)
    scope = nodes.get(scope)?.scope ?? null
  }
  return chain
}

/** Types that an administrator of their container can take over: by a new key, a new trust, a reset, a membership. */
const TAKEN_OVER: ReadonlySet<PrincipalType> = new Set<PrincipalType>([
  'user',
  'group',
  'role',
  'service-account',
  'service-principal',
  'application',
  'managed-identity',
])

/** Whether whoever administers the container of a principal can become it. What lives elsewhere is only referred to. */
export function isTakenOver(principal: PrincipalNode): boolean {
  return principal.external !== true && TAKEN_OVER.has(principal.type)
}
