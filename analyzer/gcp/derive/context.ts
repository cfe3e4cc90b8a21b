import type { Derivation, GraphNode, NodeId } from '../../../graph/index.ts'
import { observed } from '../../../graph/index.ts'
import { Holders } from '../../grants/holders.ts'
import type { Holder } from '../../grants/holders.ts'
import type { GcpEngine } from '../engine.ts'
import type { GcpModel } from '../model.ts'
import { shortName } from '../resource-name.ts'
import type { GcpState } from '../state.ts'
import { isKnownToContain } from './known-roles.ts'

/** What the parts of derivation work on. */
export interface Context {
  readonly engine: GcpEngine
  readonly model: GcpModel
  readonly state: GcpState
  readonly holders: Holders
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  readonly roleName: (holder: Holder) => string
  /** The binding that makes a holder one. */
  readonly because: (holder: Holder) => Derivation
}

export function contextOf(engine: GcpEngine, nodes: readonly GraphNode[]): Context {
  const { model } = engine
  const { state } = model
  const nameOf = (role: number): string => state.roles[role]?.name ?? ''
  return {
    engine,
    model,
    state,
    holders: new Holders(model, (role, action) => isKnownToContain(nameOf(role), action)),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    roleName: (holder) => nameOf(holder.grant.role),
    because: ({ grant, principal }) =>
      observed(
        grant.at,
        `${nameOf(grant.role)} on ${shortName(grant.scope)} for ${principal.slice('gcp:'.length)}`,
      ),
  }
}
