import type { Derivation, GraphNode, NodeId } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import type { Holder } from '../../grants/holders.ts'
import { Holders } from '../../grants/holders.ts'
import type { AzureEngine } from '../engine.ts'
import type { AzureModel } from '../model.ts'
import { tenantScope } from '../scope.ts'
import type { AzureState, RoleState } from '../state.ts'
import { isKnownToContain } from './known-roles.ts'

/** What the parts of derivation work on. */
export interface Context {
  readonly engine: AzureEngine
  readonly model: AzureModel
  readonly state: AzureState
  readonly holders: Holders
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  /** The directory as a container. */
  readonly tenant: NodeId
  readonly roleOf: (holder: Holder) => RoleState | undefined
  /** The assignment that makes a holder one. */
  readonly because: (holder: Holder) => Derivation
  /** Assignment id by where it stands, to delete it. */
  readonly assignmentIds: ReadonlyMap<unknown, string>
}

export function contextOf(engine: AzureEngine, nodes: readonly GraphNode[]): Context {
  const { model } = engine
  const { state } = model
  const roleOf = (holder: Holder): RoleState | undefined => model.role(holder.grant.role)
  return {
    engine,
    model,
    state,
    holders: new Holders(model, (role, action) => isKnownToContain(model.role(role)?.id ?? '', action)),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    tenant: nodeId('azure', tenantScope(state.tenant)),
    roleOf,
    because: (holder) => {
      const who = state.principals[holder.grantee]?.name ?? ''
      const delegation = model.delegationOf(holder.grant)
      const by =
        delegation === undefined
          ? ''
          : ` of the tenant ${delegation.tenant}, by the Lighthouse registration ${delegation.registration}`
      return observed(
        holder.grant.at,
        `${roleOf(holder)?.name ?? ''} on ${holder.grant.scope} for ${who}${by}`,
      )
    },
    assignmentIds: new Map(state.assignments.map(({ at, id }) => [at, id])),
  }
}
