import { oneLine } from '../../one-line.ts'
import { reduceCel } from './cel/evaluate.ts'
import { parseCel } from './cel/parse.ts'
import type { Scope } from './cel/scope.ts'
import type { Formula } from './formula.ts'
import { missing } from './formula.ts'

/**
 * What a condition of a policy (google.type.Expr) comes to for a request. Without one: true. A condition that cannot be
 * read, or whose evaluation fails, makes a missing fact: what IAM then does is not told the same by all of its pages.
 */
export function conditionOf(expression: string | null, scope: Scope): Formula {
  if (expression === null) return true
  const parsed = parseCel(expression)
  if ('wrong' in parsed) return failed(expression, parsed.wrong)
  const left = reduceCel(parsed.expr, scope)
  if (left.op === 'error') return failed(expression, left.says)
  if (left.op !== 'known') return { kind: 'condition', expr: left }
  return typeof left.value === 'boolean' ? left.value : failed(expression, 'it is no bool')
}

function failed(expression: string, why: string): Formula {
  const text = oneLine(expression)
  const shown = text.length > 200 ? `${text.slice(0, 199)}…` : text
  return missing('condition', `the condition ${shown} cannot be evaluated: ${why}`)
}
