import type { Answer, Privilege, Residual } from '../../graph/index.ts'
import { isNonEmpty } from '../../graph/index.ts'

/** The answer for one who has the power of the principal only under conditions. A refusal stays one. */
export function onlyIf(answer: Answer, conditions: readonly Residual[]): Answer {
  if (!isNonEmpty(conditions) || answer.decision === 'denied') return answer
  if (answer.decision === 'allowed') return { ...answer, decision: 'allowed-if', conditions }
  const [first, ...rest] = conditions
  return { ...answer, conditions: [first, ...rest, ...answer.conditions] }
}

/** The same for a row of privileges. */
export function privilegeIf(row: Privilege, conditions: readonly Residual[]): Privilege {
  if (conditions.length === 0) return row
  const decision = row.decision === 'allowed' ? 'allowed-if' : row.decision
  return { ...row, decision, conditions: [...conditions, ...row.conditions] }
}
