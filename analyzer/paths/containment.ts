import type { Certainty, GraphNode, NodeId, PrincipalNode, PrincipalType } from '../../graph/index.ts'

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

/**
 * How surely whoever administers a container can become a principal that lives in it; `null` for not at all: what lives
 * elsewhere is only referred to. Users and groups of a whole organization live in its directory, whose administration is
 * the same thing in one cloud and another in the next; where a cloud's analyzer knows, it says so by `can-become` edges.
 */
export function takeover(principal: PrincipalNode, container: GraphNode | undefined): Certainty | null {
  if (principal.external === true || !TAKEN_OVER.has(principal.type)) return null
  const inDirectory = principal.type === 'user' || principal.type === 'group'
  const whole = container?.kind === 'container' && container.type === 'organization'
  return inDirectory && whole && principal.scope === container.id ? 'unknown' : 'certain'
}

/** What must hold for a takeover that is `unknown`. */
export const DIRECTORY_CONDITION = 'whoever administers the organization also administers its directory'
