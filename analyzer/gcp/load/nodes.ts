import type { ContainerNode, Edge, GraphNode, NodeId, ResourceNode } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import { environmentOf } from '../../environment.ts'
import { Hierarchy } from '../hierarchy.ts'
import { RESOURCE_MANAGER, canonicalResource, isContainer } from '../resource-name.ts'
import type { GcpState } from '../state.ts'
import type { Collected, CollectedContainer } from './collected.ts'
import { tokenHolders } from '../../token-holders.ts'
import { acceptedTokens } from '../federation.ts'
import { membershipEdges } from './memberships.ts'
import { principalNodes } from './principals.ts'

/** Nodes and observed edges of the estate, in a stable order: containers, principals, resources. */
export function nodesAndEdges(state: GcpState, from: Collected): { nodes: GraphNode[]; edges: Edge[] } {
  const containers = containerNodes(state, from)
  const known = new Set(containers.map((node) => node.id))
  const principals = principalNodes(state, from, known)
  const { resources, edges } = resourceNodes(state, from, known)
  return {
    nodes: [...containers, ...principals, ...tokenHolders('gcp', acceptedTokens(state)), ...resources],
    edges: [...membershipEdges(state), ...edges],
  }
}

function containerNodes(state: GcpState, from: Collected): ContainerNode[] {
  const described = new Map<string, CollectedContainer>()
  for (const [name, container] of from.containers)
    described.set(canonicalResource(name, state.aliases), container)
  const names = new Set([...described.keys(), ...state.tops])
  for (const [name, above] of state.above)
    for (const at of [name, ...above]) if (isContainer(at)) names.add(at)
  for (const binding of state.bindings) if (isContainer(binding.scope)) names.add(binding.scope)
  const parentOf = (name: string): string | undefined => parentAmong(state, name)
  return [...names].sort().map((name): ContainerNode => {
    const container = described.get(name)
    const path = name.slice(RESOURCE_MANAGER.length)
    const tags = container?.tags ?? []
    const words: string[] = []
    const seen = new Set<string>()
    for (let at: string | undefined = name; at !== undefined && !seen.has(at); at = parentOf(at)) {
      seen.add(at)
      words.push(at.slice(at.lastIndexOf('/') + 1), described.get(at)?.display ?? '')
    }
    const environment = environmentOf(tags, words)
    const parent = parentOf(name)
    return {
      kind: 'container',
      id: nodeId('gcp', name),
      cloud: 'gcp',
      name: container?.display ?? path.slice(path.indexOf('/') + 1),
      type: path.startsWith('projects/')
        ? 'account'
        : path.startsWith('folders/')
          ? 'folder'
          : 'organization',
      scope: parent === undefined ? null : nodeId('gcp', parent),
      tags,
      seen: container?.at ?? null,
      ...(environment === undefined ? {} : { environment }),
    }
  })
}

/** The innermost of the containers above one: the one that lies in all the others. */
function parentAmong(state: GcpState, name: string): string | undefined {
  const above = (state.above.get(name) ?? []).filter(isContainer)
  const depth = (at: string): number => closure(state, at).size
  return [...above].sort((a, b) => depth(b) - depth(a))[0]
}

function closure(state: GcpState, name: string): ReadonlySet<string> {
  const seen = new Set([name])
  for (const at of seen) for (const higher of state.above.get(at) ?? []) seen.add(higher)
  return seen
}

function resourceNodes(
  state: GcpState,
  from: Collected,
  containers: ReadonlySet<NodeId>,
): { resources: ResourceNode[]; edges: Edge[] } {
  const hierarchy = new Hierarchy(state)
  const resources = new Map<NodeId, ResourceNode>()
  const types = new Map([...from.types].map(([name, type]) => [canonicalResource(name, state.aliases), type]))
  const edges: Edge[] = []
  for (const resource of from.resources) {
    const name = canonicalResource(resource.name, state.aliases)
    const id = nodeId('gcp', name)
    if (resources.has(id)) continue
    const above = hierarchy.upward(name).find((at) => at !== name && isContainer(at))
    const scope = above === undefined ? null : nodeId('gcp', above)
    resources.set(id, {
      kind: 'resource',
      id,
      cloud: 'gcp',
      name: resource.display ?? name.slice(name.lastIndexOf('/') + 1),
      type: resource.type,
      scope: scope !== null && containers.has(scope) ? scope : null,
      tags: resource.tags,
      seen: resource.at,
    })
    for (const email of resource.runsAs) {
      edges.push({
        kind: 'runs-as',
        from: id,
        to: nodeId('gcp', `serviceAccount:${email}`),
        rule: 'attached-service-account',
        label: 'runs as',
        certainty: 'certain',
        conditions: [],
        because: observed(resource.at, `${name} runs as ${email}`),
      })
    }
  }
  for (const { scope, at } of state.bindings) {
    const id = nodeId('gcp', scope)
    if (
      isContainer(scope) ||
      resources.has(id) ||
      !scope.startsWith('//') ||
      scope.includes('/serviceAccounts/')
    )
      continue
    resources.set(id, boundNode(scope, types.get(scope), hierarchy, containers, at))
  }
  return { resources: [...resources.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), edges }
}

/** A resource that only its allow policy tells of. */
function boundNode(
  name: string,
  type: string | undefined,
  hierarchy: Hierarchy,
  containers: ReadonlySet<NodeId>,
  seen: ResourceNode['seen'],
): ResourceNode {
  const above = hierarchy.upward(name).find((at) => at !== name && isContainer(at))
  const scope = above === undefined ? null : nodeId('gcp', above)
  return {
    kind: 'resource',
    id: nodeId('gcp', name),
    cloud: 'gcp',
    name: name.slice(name.lastIndexOf('/') + 1),
    type: type ?? name.slice(2, name.indexOf('/', 2)),
    scope: scope !== null && containers.has(scope) ? scope : null,
    tags: [],
    seen,
  }
}
