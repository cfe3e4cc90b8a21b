import type {
  ContainerNode,
  Edge,
  GraphNode,
  NodeId,
  PrincipalNode,
  ResourceNode,
  SourceRef,
} from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import { environmentOf } from '../../environment.ts'
import {
  containerOf,
  isManagementGroup,
  isResourceGroup,
  isSubscription,
  pathUp,
  tenantScope,
} from '../scope.ts'
import type { AzureState, PrincipalKind } from '../state.ts'
import type { Collected } from './collected.ts'
import { identifiersOf } from './person.ts'
import { tokenHolders } from '../../token-holders.ts'
import { acceptedTokens } from '../federation.ts'

/** Nodes and observed edges of the estate, in a stable order: containers, principals, resources. */
export function nodesAndEdges(state: AzureState, from: Collected): { nodes: GraphNode[]; edges: Edge[] } {
  const containers = containerNodes(state, from)
  const known = new Set(containers.map(({ id }) => id))
  return {
    nodes: [
      ...containers,
      ...principalNodes(state, from),
      ...tokenHolders('azure', acceptedTokens(state)),
      ...resourceNodes(from, known),
    ],
    edges: observedEdges(state, from),
  }
}

function containerNodes(state: AzureState, from: Collected): ContainerNode[] {
  const scopes = new Set([...from.containers.keys(), ...from.parents.keys(), ...from.parents.values()])
  for (const id of from.resources.keys()) scopes.add(containerOf(id) ?? '/')
  for (const { scope } of state.assignments) {
    if (scope.startsWith('directory:')) continue
    scopes.add(containerOf(scope) ?? '/')
    // A resource group is a container where somebody is assigned on it: then somebody may administer it.
    if (isResourceGroup(scope)) scopes.add(scope)
  }
  const tenant = tenantScope(state.tenant)
  const root: ContainerNode = {
    ...bare(tenant, from.tenantName ?? state.tenant, 'organization', null),
    seen: null,
  }
  const nodes = [...scopes].sort().map((scope): ContainerNode => {
    const container = from.containers.get(scope)
    const parent = parentOf(scope, state, scopes)
    const name =
      container?.name ?? (scope === '/' ? 'all subscriptions' : scope.slice(scope.lastIndexOf('/') + 1))
    const type = isSubscription(scope) ? 'account' : isResourceGroup(scope) ? 'group' : 'folder'
    const words = [name]
    for (let at = parent, i = 0; at !== undefined && i < 32; at = parentOf(at, state, scopes), i++) {
      words.push(from.containers.get(at)?.name ?? '')
    }
    const environment = environmentOf(container?.tags ?? [], words)
    return {
      ...bare(scope, name, type, nodeId('azure', parent ?? tenant)),
      tags: container?.tags ?? [],
      seen: container?.at ?? null,
      ...(environment === undefined ? {} : { environment }),
    }
  })
  return [root, ...nodes]
}

function bare(
  native: string,
  name: string,
  type: ContainerNode['type'],
  scope: NodeId | null,
): ContainerNode {
  return {
    kind: 'container',
    id: nodeId('azure', native),
    cloud: 'azure',
    name,
    type,
    scope,
    tags: [],
    seen: null,
  }
}

function parentOf(scope: string, state: AzureState, scopes: ReadonlySet<string>): string | undefined {
  if (scope === '/') return undefined
  if (isResourceGroup(scope)) return containerOf(scope)
  const parent = state.parents.get(scope)
  if (parent !== undefined) return parent
  return scopes.has('/') && (isManagementGroup(scope) || isSubscription(scope)) ? '/' : undefined
}

const TYPES: { readonly [K in PrincipalKind]: PrincipalNode['type'] } = {
  user: 'user',
  group: 'group',
  'service-principal': 'service-principal',
  'managed-identity': 'managed-identity',
  application: 'application',
  unknown: 'federated',
}

function principalNodes(state: AzureState, from: Collected): PrincipalNode[] {
  const tenant = nodeId('azure', tenantScope(state.tenant))
  return state.principals.map(({ id, kind, name }): PrincipalNode => {
    const found = from.principals.get(id)
    return {
      kind: 'principal',
      id: nodeId('azure', id),
      cloud: 'azure',
      name,
      type: TYPES[kind],
      scope: tenant,
      tags: [],
      seen: found?.at ?? null,
      ...found?.fields,
      ...(kind === 'user' ? { identifiers: identifiersOf(state.tenant, id, found) } : {}),
    }
  })
}

function resourceNodes(from: Collected, containers: ReadonlySet<NodeId>): ResourceNode[] {
  return [...from.resources]
    .map(([id, resource]): ResourceNode => {
      const above = [...pathUp(id)].slice(1).find((path) => containers.has(nodeId('azure', path)))
      return {
        kind: 'resource',
        id: nodeId('azure', id),
        cloud: 'azure',
        name: resource.name,
        type: resource.type,
        scope: above === undefined ? null : nodeId('azure', above),
        tags: resource.tags,
        seen: resource.at,
      }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function observedEdges(state: AzureState, from: Collected): Edge[] {
  const edges: Edge[] = []
  const name = (id: string): string => from.principals.get(id)?.name ?? id
  const add = (
    kind: Edge['kind'],
    from_: string,
    to: string,
    rule: string,
    label: string,
    at: SourceRef,
    says: string,
  ): void => {
    const base = { kind, from: nodeId('azure', from_), to: nodeId('azure', to), rule, label } as const
    edges.push({ ...base, certainty: 'certain', conditions: [], because: observed(at, says) })
  }
  for (const [group, { members, at }] of state.groups) {
    const to = state.principals[group]?.id ?? ''
    members.forEach((member, i) => {
      const who = state.principals[member]?.id ?? ''
      const ref = at[i]
      if (ref !== undefined)
        add('member-of', who, to, 'group-membership', 'member of', ref, `${name(who)} is in ${name(to)}`)
    })
  }
  for (const [of, owners] of state.owners) {
    for (const { owner, at } of owners)
      add('owns', owner, of, 'owner', 'owns', at, `${name(owner)} owns ${name(of)}`)
  }
  for (const [application, identities] of state.identities) {
    for (const sp of identities) {
      const at = from.principals.get(sp)?.at
      if (at === undefined || at === null) continue
      const says = `${name(sp)} is the service principal of the application`
      add('identity-of', application, sp, 'application-identity', 'signs in as', at, says)
    }
  }
  for (const [resource, principal] of state.userAssigned) {
    const at = from.resources.get(resource)?.at
    if (at === undefined) continue
    const says = `${resource} is the identity ${name(principal)}`
    add('runs-as', resource, principal, 'user-assigned-identity', 'is', at, says)
  }
  for (const { resource, principal, at } of state.runsAs) {
    add(
      'runs-as',
      resource,
      principal,
      'attached-identity',
      'runs as',
      at,
      `${resource} runs as ${name(principal)}`,
    )
  }
  return edges
}
