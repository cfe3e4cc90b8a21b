import type { NodeId } from '../../../graph/index.ts'
import { derived, nodeId, observed } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Holder } from '../../grants/holders.ts'
import type { Context } from './context.ts'

/**
 * `can-become` edges to service principals: their owners and those of their application can add a credential and sign
 * in as them (Entra documentation, "Overview of enterprise application ownership"), and so can roles that update
 * credentials. Principals of foreign applications and managed identities take no credential of ours.
 */
export function applicationEdges(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
  edges: PowerEdges,
): void {
  const { state, nodes, holders } = context
  const settled = new Set((administrators.get(context.tenant) ?? []).map(({ principal }) => principal))
  const applicationOf = new Map(
    [...state.identities].flatMap(([app, sps]) => sps.map((sp) => [sp, app] as const)),
  )
  const powerful = new Set(state.assignments.map(({ principal }) => principal))
  for (const [number, { id, kind, name }] of state.principals.entries()) {
    const to = nodeId('azure', id)
    const node = nodes.get(to)
    if (kind !== 'service-principal' || node?.kind !== 'principal' || node.external === true) continue
    const application = applicationOf.get(id)
    for (const [of, rule, what] of [
      [id, 'service-principal-owner', 'the service principal'],
      [application, 'application-owner', 'its application'],
    ] as const) {
      for (const { owner, at } of of === undefined ? [] : (state.owners.get(of) ?? [])) {
        const power = { kind: 'can-become', to, rule, label: 'adds a credential' } as const
        const says = `an owner of ${what} can add a credential to ${name}`
        edges.put(power, nodeId('azure', owner), [], [], () =>
          derived(rule, says, [observed(at, `owns ${what}`)]),
        )
      }
    }
    // Who may add credentials to all applications is drawn to those that can do something.
    const isPowerful =
      powerful.has(number) ||
      [...context.model.membership.groupsOf(number).keys()].some((g) => powerful.has(g))
    if (!isPowerful) continue
    for (const [of, action] of [
      [id, 'microsoft.directory/servicePrincipals/credentials/update'],
      [application, 'microsoft.directory/applications/credentials/update'],
    ] as const) {
      const found =
        of === undefined ? [] : holders.of(action, of).filter(({ principal }) => !settled.has(principal))
      edges.add(
        { kind: 'can-become', to, rule: 'update-credentials', label: 'adds a credential' },
        found,
        context.because,
      )
    }
  }
}
