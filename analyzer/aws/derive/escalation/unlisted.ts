import type { Edge } from '../../../../graph/index.ts'
import { derived } from '../../../../graph/index.ts'
import type { Judge } from '../judge.ts'
import type { Unlisted } from './targets.ts'

/**
 * From a node that stands for the roles of resources that nobody listed, to each role that one of them could run with:
 * unknown, because the listing is missing.
 */
export function* unlistedEdges({ estate }: Judge, unlisted: Iterable<Unlisted>): Generator<Edge> {
  for (const { node, roles, missing } of unlisted) {
    for (const { role, conditions, because } of roles) {
      const says = `${estate.identity(role).name} may be ${node.name}`
      yield {
        kind: 'can-become',
        from: node.id,
        to: estate.nodeOf(role),
        rule: 'may-run-as',
        label: 'may run as',
        certainty: 'unknown',
        conditions: [...conditions, `not imported: ${missing}`],
        because: derived('may-run-as', says, [because]),
      }
    }
  }
}
