import {
  type AccessLevel,
  type Certainty,
  type ContainerNode,
  type Edge,
  type EdgeKind,
  type GraphNode,
  type NodeId,
  type PrincipalNode,
  type ResourceNode,
  nodeId,
  observed,
} from '../../../graph/index.ts'

/** A small estate built by hand: `id('ana')` is the node of that name. */
export const id = (name: string): NodeId => nodeId('aws', name)

const base = (name: string, scope: string | null) => ({
  id: id(name),
  cloud: 'aws' as const,
  name,
  scope: scope === null ? null : id(scope),
  tags: [],
  seen: { source: 0, pointer: `/${name}` },
})

export function principal(
  name: string,
  scope: string | null = null,
  more: Partial<PrincipalNode> = {},
): PrincipalNode {
  return { ...base(name, scope), kind: 'principal', type: 'role', ...more }
}

export function person(name: string, more: Partial<PrincipalNode> = {}): PrincipalNode {
  return principal(name, null, { type: 'user', human: true, ...more })
}

export function container(
  name: string,
  scope: string | null = null,
  more: Partial<ContainerNode> = {},
): ContainerNode {
  return { ...base(name, scope), kind: 'container', type: 'account', ...more }
}

export function resource(
  name: string,
  scope: string | null = null,
  more: Partial<ResourceNode> = {},
): ResourceNode {
  return { ...base(name, scope), kind: 'resource', type: 'bucket', ...more }
}

export function edge(
  from: string,
  kind: EdgeKind,
  to: string,
  more: { readonly certainty?: Certainty; readonly level?: AccessLevel; readonly rule?: string } = {},
): Edge {
  return {
    kind,
    from: id(from),
    to: id(to),
    rule: kind,
    label: kind,
    certainty: 'certain',
    conditions: more.certainty === undefined || more.certainty === 'certain' ? [] : ['something holds'],
    because: observed({ source: 0, pointer: `/${from}/${to}` }, `${from} ${kind} ${to}`),
    ...more,
  }
}

export function byId(...nodes: readonly GraphNode[]): Map<NodeId, GraphNode> {
  return new Map(nodes.map((node) => [node.id, node]))
}
