import type { NodeId } from '../../../graph/index.ts'
import { derived, nodeId, observed } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Holder } from '../../grants/holders.ts'
import type { Context } from './context.ts'

/** Actions that run code on a workload of a type, and so take tokens of its identity. */
const RUNS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'microsoft.compute/virtualmachines',
    [
      'Microsoft.Compute/virtualMachines/runCommand/action',
      'Microsoft.Compute/virtualMachines/extensions/write',
    ],
  ],
  [
    'microsoft.compute/virtualmachinescalesets',
    [
      'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action',
      'Microsoft.Compute/virtualMachineScaleSets/extensions/write',
    ],
  ],
  [
    'microsoft.web/sites',
    ['Microsoft.Web/sites/publishxml/action', 'Microsoft.Web/sites/host/listkeys/action'],
  ],
])

/** `can-become` edges from who can run code on a workload to the identities it runs as; administrators around it left out. */
export function workloadEdges(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
  edges: PowerEdges,
): void {
  const { state, nodes, holders, because } = context
  for (const { resource, principal, at } of state.runsAs) {
    const node = nodes.get(nodeId('azure', resource))
    const actions = node?.kind === 'resource' ? RUNS.get(node.type.toLowerCase()) : undefined
    if (actions === undefined) continue
    const settled = new Set(
      context.model
        .chain(resource)
        .scopes.filter(({ doubt }) => doubt === null)
        .flatMap(({ scope }) => administrators.get(nodeId('azure', scope)) ?? [])
        .filter(({ conditions, doubts }) => conditions.length === 0 && doubts.length === 0)
        .map((holder) => holder.principal),
    )
    const power = {
      kind: 'can-become',
      to: nodeId('azure', principal),
      rule: 'run-code',
      label: 'runs code as it',
    } as const
    for (const action of actions) {
      const found = holders.of(action, resource).filter((holder) => !settled.has(holder.principal))
      edges.add(power, found, (holder) =>
        derived('run-code', `it can run code on ${resource}`, [
          because(holder),
          observed(at, `${resource} runs as the identity`),
        ]),
      )
    }
  }
}
