import { derived, nodeId, observed } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Context } from './context.ts'

/**
 * `can-become` edges from owners: those of a service principal or its application can add a credential and sign in as it
 * (Entra documentation, "Overview of enterprise application ownership"); those of a group can add themselves to it.
 * Principals of foreign applications and managed identities take no credential of ours; a group takes no members where a
 * rule or another directory tells them.
 */
export function ownerEdges(context: Context, edges: PowerEdges): void {
  applicationOwners(context, edges)
  groupOwners(context, edges)
}

function applicationOwners({ state, nodes }: Context, edges: PowerEdges): void {
  const applicationOf = new Map(
    [...state.identities].flatMap(([app, sps]) => sps.map((sp) => [sp, app] as const)),
  )
  for (const { id, kind, name } of state.principals) {
    const to = nodeId('azure', id)
    const node = nodes.get(to)
    if (kind !== 'service-principal' || node?.kind !== 'principal' || node.external === true) continue
    for (const [of, rule, what] of [
      [id, 'service-principal-owner', 'the service principal'],
      [applicationOf.get(id), 'application-owner', 'its application'],
    ] as const) {
      for (const { owner, at } of of === undefined ? [] : (state.owners.get(of) ?? [])) {
        const power = { kind: 'can-become', to, rule, label: 'adds a credential' } as const
        const says = `an owner of ${what} can add a credential to ${name}`
        edges.put(power, nodeId('azure', owner), [], [], () =>
          derived(rule, says, [observed(at, `owns ${what}`)]),
        )
      }
    }
  }
}

function groupOwners({ state, model }: Context, edges: PowerEdges): void {
  const eligible = Map.groupBy(state.eligibleOwners, ({ group }) => group)
  for (const [number, { id, kind, name }] of state.principals.entries()) {
    const known = state.groupKinds.get(id)
    if (kind !== 'group' || known?.synced === true || known?.dynamic === true) continue
    const doubts =
      typeof known?.dynamic === 'boolean'
        ? []
        : [{ says: `whether the group ${name} has its members by a rule` }]
    const rule = 'group-owner'
    const power = { kind: 'can-become', to: nodeId('azure', id), rule, label: 'adds itself' } as const
    for (const { owner, at } of state.owners.get(id) ?? []) {
      edges.put(power, nodeId('azure', owner), [], doubts, () =>
        derived(rule, `an owner can add itself to ${name}`, [observed(at, 'owns the group')]),
      )
    }
    for (const { principal, at } of eligible.get(number) ?? []) {
      const owner = nodeId('azure', state.principals[principal]?.id ?? '')
      edges.put(power, owner, [model.activations.ofOwnership(number)], doubts, () =>
        derived(rule, `an owner can add itself to ${name}`, [
          observed(at, 'may become an owner of the group'),
        ]),
      )
    }
  }
}
