import type { CrownJewel, NodeId } from '../../../../graph/index.ts'
import { PowerEdges } from '../../../grants/edges.ts'
import type { Holder } from '../../../grants/holders.ts'
import type { DelegatedPermission } from '../../delegated-permissions.ts'
import { TECHNIQUES } from '../../techniques/registry.ts'
import { administerEdges, directoryHolders } from '../administer.ts'
import type { Context } from '../context.ts'
import type { AzureEscalations } from '../escalation/escalations.ts'
import { jewelEdges } from '../jewels.ts'
import { GLOBAL_ADMINISTRATOR } from '../known-roles.ts'
import { ownerEdges } from '../owners.ts'

/** Derived edges of some rules; others are passed over. */
class CoveredEdges extends PowerEdges {
  private readonly covers: (rule: string) => boolean

  constructor(covers: (rule: string) => boolean) {
    super()
    this.covers = covers
  }

  override put(...[power, ...rest]: Parameters<PowerEdges['put']>): void {
    if (this.covers(power.rule)) super.put(power, ...rest)
  }
}

/**
 * The edges of everybody by what a delegated permission covers and by nothing else. They are found anew: of two ways to one
 * end the graph tells the surer, and that may be one which the permission does not cover.
 */
export function coveredEdges(
  { covers }: DelegatedPermission,
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
  jewels: readonly CrownJewel[],
  escalations: AzureEscalations,
): PowerEdges {
  const edges = new CoveredEdges(covers)
  const ruleOf = (to: NodeId): string => (to === context.tenant ? 'directory-role' : 'role-assignment-write')
  const within = new Map([...administrators].filter(([to]) => covers(ruleOf(to))))
  administerEdges(within, context, edges)
  elevateEdges(context, edges)
  ownerEdges(context, edges)
  const techniques = TECHNIQUES.filter(({ id }) => covers(id))
  escalations.again(techniques, within, edges)
  jewelEdges(jewels, context, edges)
  return edges
}

/**
 * Global Administrators take the administration of all subscriptions by a call of Resource Manager.
 * https://learn.microsoft.com/azure/role-based-access-control/elevate-access-global-admin
 */
function elevateEdges(context: Context, edges: PowerEdges): void {
  const holders = directoryHolders(context, GLOBAL_ADMINISTRATOR)
  if (holders.length === 0) return
  for (const node of context.nodes.values()) {
    if (node.kind !== 'container' || node.scope !== context.tenant) continue
    const power = {
      kind: 'can-access',
      to: node.id,
      rule: 'elevate-access',
      label: 'elevates its access',
    } as const
    edges.add({ ...power, level: 'administer' }, holders, context.because)
  }
}
