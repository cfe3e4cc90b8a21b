import { type Finding, SEVERITIES } from '../../graph/index.ts'
import { findingsOf } from './merge.ts'
import { FINDING_RULES } from './registry.ts'
import type { FindingContext } from './rule.ts'

/**
 * Everything wrong that the facts tell, worst first, then in the order of the rules, then by subject. The same estate gives
 * the same findings in the same order, whatever the order of facts and edges.
 */
export function findAll(context: FindingContext): Finding[] {
  const order = new Map(FINDING_RULES.map((rule, place) => [rule.id, place]))
  return FINDING_RULES.flatMap((rule) => findingsOf(rule, context)).sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0) ||
      compare(a.subject, b.subject) ||
      compare(a.id, b.id),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
