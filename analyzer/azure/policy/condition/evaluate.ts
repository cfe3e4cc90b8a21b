import { matches } from '../../../../graph/index.ts'
import type { Formula } from '../formula.ts'
import { FALSE, and, constant, doubt, negated, or } from '../formula.ts'
import { OPERATORS } from './operators.ts'
import type { Operator } from './operators.ts'
import { printAttribute, printComparison, print } from './print.ts'
import type { Attribute, Comparison, Condition, Count, Literal, Operand } from './syntax.ts'
import type { Value } from './values.ts'
import { valueOf } from './values.ts'

/** What is known of a request, for its conditions. */
export interface Facts {
  /** Folded to lower case. */
  readonly action: string
  /** Folded to lower case. `null`: the operation is none. `undefined`: not known. */
  readonly subOperation: string | null | undefined
  /** The values of an attribute; empty: it is surely absent; `undefined`: not known. */
  attribute(attribute: Attribute): readonly Literal[] | undefined
}

/**
 * Puts what is known into a condition. A comparison with an attribute that is not there does not hold ("cannot evaluate
 * this condition, and will fail the authorization access check", Azure Blob Storage, "Suboperations"). What its negation
 * gives then is documented nowhere, and neither is what quantifiers say of no values: both are doubts.
 *
 * @param absentFails false: a comparison with an absent attribute is a doubt itself (deny assignments).
 */
export function evaluate(condition: Condition, facts: Facts, absentFails = true): Formula {
  return new Evaluation(facts, absentFails).of(condition, true)
}

class Evaluation {
  private readonly facts: Facts
  private readonly absentFails: boolean

  constructor(facts: Facts, absentFails: boolean) {
    this.facts = facts
    this.absentFails = absentFails
  }

  /** `positive` false: its negation. Negations are pushed down, since an absent attribute fails in one direction only. */
  of(condition: Condition, positive: boolean): Formula {
    switch (condition.kind) {
      case 'not':
        return this.of(condition.of, !positive)
      case 'and':
      case 'or': {
        const parts = condition.of.map((part) => this.of(part, positive))
        return (condition.kind === 'and') === positive ? and(parts) : or(parts)
      }
      case 'action':
        return constant(covered(condition.patterns, this.facts.action) === positive)
      case 'sub-operation':
        return this.subOperation(condition, positive)
      case 'exists': {
        const values = this.facts.attribute(condition.attribute)
        if (values === undefined) return signed(open(print(condition)), positive)
        return constant(values.length > 0 === positive)
      }
      case 'compare':
        return this.comparison(condition, positive)
    }
  }

  private subOperation(
    condition: Extract<Condition, { patterns: readonly string[] }>,
    positive: boolean,
  ): Formula {
    const { subOperation } = this.facts
    if (subOperation === undefined) return signed(open(print(condition)), positive)
    return constant((subOperation !== null && covered(condition.patterns, subOperation)) === positive)
  }

  private comparison(comparison: Comparison, positive: boolean): Formula {
    const operator = OPERATORS.get(comparison.operator.toLowerCase())
    if (operator === undefined)
      return doubt('operator', `the operator ${comparison.operator} is not documented`)
    const left = this.known(comparison.left)
    const right = this.known(comparison.right)
    if (left?.length === 0 || right?.length === 0) return this.absent(comparison, operator, positive)
    if (left === undefined || right === undefined) {
      const known = { ...comparison, left: put(comparison.left, left), right: put(comparison.right, right) }
      return signed(open(printComparison(known)), positive)
    }
    const result = compared(comparison, operator, left, right)
    return typeof result === 'boolean' ? constant(result === positive) : result
  }

  private known(operand: Operand): readonly Literal[] | undefined {
    return operand.kind === 'values' ? operand.values : this.facts.attribute(operand.attribute)
  }

  private absent(comparison: Comparison, operator: Operator, positive: boolean): Formula {
    const { quantifier } = comparison
    const isEvery = quantifier?.left === 'all' || quantifier?.right === 'all'
    // Of a plain comparison, `NOT … NotEquals` is `Equals`; a quantifier negates each pair and not the whole.
    const direct = quantifier === null ? operator.negated !== positive : positive && !operator.negated
    if (this.absentFails && direct && !isEvery) return FALSE
    const names = [comparison.left, comparison.right].flatMap((operand) =>
      operand.kind === 'attribute' && this.facts.attribute(operand.attribute)?.length === 0
        ? [printAttribute(operand.attribute)]
        : [],
    )
    return doubt(
      'absent-attribute',
      `what ${comparison.operator} gives where ${names.join(' and ')} is absent is not documented`,
    )
  }
}

function compared(
  comparison: Comparison,
  operator: Operator,
  left: readonly Literal[],
  right: readonly Literal[],
): boolean | Formula {
  const { quantifier } = comparison
  if (quantifier === null && (left.length > 1 || right.length > 1))
    return doubt(
      'several-values',
      `what ${operator.name} without a quantifier gives for several values is not documented`,
    )
  const lefts = values(operator, left)
  const rights = values(operator, right)
  if (lefts === undefined || rights === undefined)
    return doubt(
      'value-type',
      `\`${printComparison(comparison)}\` compares a value that is no ${operator.domain}`,
    )
  const pair = (l: Value, r: Value): boolean => operator.holds(l, r) !== operator.negated
  const count = (how: Count, list: readonly Value[], test: (value: Value) => boolean): boolean =>
    how === 'any' ? list.some(test) : list.every(test)
  const { left: leftCount, right: rightCount } = quantifier ?? { left: 'any', right: 'any' }
  return count(leftCount, lefts, (l) => count(rightCount, rights, (r) => pair(l, r)))
}

function values(operator: Operator, literals: readonly Literal[]): Value[] | undefined {
  const found = literals.map((literal) => valueOf(operator.domain, literal))
  return found.includes(undefined) ? undefined : found.filter((value) => value !== undefined)
}

function put(operand: Operand, known: readonly Literal[] | undefined): Operand {
  if (operand.kind === 'values' || known === undefined) return operand
  return { kind: 'values', values: known, braced: known.length > 1 }
}

/** Whether one of the patterns covers a folded name. */
function covered(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matches(pattern.toLowerCase(), name, false))
}

function open(says: string): Formula {
  return { kind: 'open', says }
}

function signed(formula: Formula, positive: boolean): Formula {
  return positive ? formula : negated(formula)
}
