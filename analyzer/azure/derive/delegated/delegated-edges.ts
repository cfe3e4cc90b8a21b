import type { CrownJewel, Edge, GraphNode, NodeId } from '../../../../graph/index.ts'
import { nodeId, observed } from '../../../../graph/index.ts'
import { PowerEdges } from '../../../grants/edges.ts'
import type { Holder } from '../../../grants/holders.ts'
import type { DelegatedPermission } from '../../delegated-permissions.ts'
import { DELEGATED_PERMISSIONS } from '../../delegated-permissions.ts'
import type { DelegatedState } from '../../state.ts'
import type { Context } from '../context.ts'
import type { AzureEscalations } from '../escalation/escalations.ts'
import { coveredEdges } from './covered-edges.ts'
import { SigningIn } from './signing-in.ts'
import { StandIns } from './stand-ins.ts'

const RULE = 'delegated-permission'

/**
 * What applications may do by delegated permissions: what a user may, within the permission, while that user signs in to them.
 * It is no right of theirs, so questions about what they may do are answered without it; paths lead over it under a condition.
 */
export function delegatedEdges(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
  jewels: readonly CrownJewel[],
  escalations: AzureEscalations,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] } {
  const { delegated } = context.state
  const used = DELEGATED_PERMISSIONS.flatMap((permission) => {
    const grants = delegated.filter((grant) => gives(grant, permission))
    if (grants.length === 0) return []
    const covered = coveredEdges(permission, administrators, context, jewels, escalations)
    return [{ permission, grants, covered: covered.list() }]
  })
  if (used.length === 0) return { nodes: [], edges: [] }
  // Only now are all the nodes for those in several groups made.
  const signingIn = new SigningIn(context, escalations.overlaps)
  const edges = new PowerEdges()
  const found = used.map(({ permission, grants, covered }) => {
    const standIns = new StandIns(permission, covered, context, signingIn)
    for (const grant of grants) acting(grant, permission, standIns, context, edges)
    return standIns
  })
  return {
    nodes: found.flatMap(({ nodes }) => nodes),
    edges: [...found.flatMap((standIns) => standIns.edges), ...edges.list()],
  }
}

function gives({ api, scopes }: DelegatedState, permission: DelegatedPermission): boolean {
  return (api === null || api === permission.api) && scopes.includes(permission.scope.toLowerCase())
}

function acting(
  { client, user, api, at }: DelegatedState,
  { of, scope }: DelegatedPermission,
  standIns: StandIns,
  { state }: Context,
  edges: PowerEdges,
): void {
  const [application, one] = [state.principals[client], user === null ? undefined : state.principals[user]]
  if (application === undefined) return
  const whom = one === undefined ? 'every user' : one.name
  const because = observed(at, `${application.name} has ${scope} of ${of} for ${whom}`)
  const to = user === null ? standIns.ofAll(because) : standIns.of(user)
  if (to === undefined) return
  const power = { kind: 'can-become', to, rule: RULE, label: 'acts for who signs in' } as const
  const says = `${one === undefined ? 'a user' : one.name} signs in to ${application.name}`
  // Another API may have a permission of the same name.
  const doubt = `whether ${scope} is a permission of ${of}: the service principal of its API was not imported`
  const doubts = api === null ? [{ says: doubt }] : []
  edges.put(power, nodeId('azure', application.id), [{ says }], doubts, () => because)
}
