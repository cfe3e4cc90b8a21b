import type { Edge, GraphNode, NodeId } from '../../graph/index.ts'
import { nativeId, unreachable } from '../../graph/index.ts'

/** What an attacker does with a step, in one sentence. The evidence of the step tells why it works. */
export function stepMeaning(step: Edge, nodes: ReadonlyMap<NodeId, GraphNode>): string {
  const name = (id: NodeId) => nodes.get(id)?.name ?? nativeId(id)
  const [from, to] = [name(step.from), name(step.to)]
  switch (step.kind) {
    case 'member-of':
      return `${from} is a member of ${to} and has every right of it.`
    case 'owns':
      return `${from} owns ${to} and can change how it signs in.`
    case 'identity-of':
      return `Whoever can sign in as the application ${from} acts as ${to}.`
    case 'runs-as':
      return `Whoever controls ${from} gets the credentials of ${to}, which it runs as.`
    case 'can-become':
      return `${from} can act as ${to} (${step.label}) and has every right of it from then on.`
    case 'can-access':
      return nodes.get(step.to)?.kind === 'container'
        ? `${from} administers ${to}: everything in it can be taken over.`
        : `${from} can ${step.level ?? 'read'} ${to}.`
    default:
      return unreachable(step.kind)
  }
}
