import type { Missing } from '../../../graph/index.ts'
import type { Expr } from './cel/ast.ts'
import { binary } from './cel/ast.ts'
import { printCel } from './cel/print.ts'

/**
 * A truth as far as it is known: decided, or made of conditions that are left and of facts that are missing.
 * `and`, `or` and `not` below decide it as soon as what is known decides it (Kleene's three-valued logic).
 */
export type Formula = boolean | Open

export type Open =
  | { readonly kind: 'condition'; readonly expr: Expr }
  | { readonly kind: 'missing'; readonly missing: Missing }
  | { readonly kind: 'not'; readonly of: Open }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Open[] }

export function missing(what: string, says: string): Open {
  return { kind: 'missing', missing: { what, says } }
}

export function not(formula: Formula): Formula {
  if (typeof formula === 'boolean') return !formula
  return formula.kind === 'not' ? formula.of : { kind: 'not', of: formula }
}

export function and(parts: Iterable<Formula>): Formula {
  return combined('and', parts, false)
}

export function or(parts: Iterable<Formula>): Formula {
  return combined('or', parts, true)
}

function combined(kind: 'and' | 'or', parts: Iterable<Formula>, deciding: boolean): Formula {
  const open: Open[] = []
  for (const part of parts) {
    if (part === deciding) return deciding
    if (typeof part === 'boolean') continue
    if (part.kind === kind) open.push(...part.parts)
    else open.push(part)
  }
  const [first] = open
  if (first === undefined) return !deciding
  if (open.length === 1) return first
  const distinct = [...new Map(open.map((part) => [keyOf(part), part])).values()]
  return distinct.length === 1 ? first : { kind, parts: distinct }
}

/** Alike for formulas that say the same in the same order. */
function keyOf(open: Open): string {
  switch (open.kind) {
    case 'condition':
      return printCel(open.expr)
    case 'missing':
      return `?${open.missing.what}\n${open.missing.says}`
    case 'not':
      return `!(${keyOf(open.of)})`
    default:
      return `${open.kind}(${open.parts.map(keyOf).join('\u0000')})`
  }
}

/** The missing facts in a formula, each once. */
export function missingIn(formula: Formula): readonly Missing[] {
  const found = new Map<string, Missing>()
  const walk = (open: Open): void => {
    if (open.kind === 'missing') found.set(open.missing.says, open.missing)
    else if (open.kind === 'not') walk(open.of)
    else if (open.kind !== 'condition') open.parts.forEach(walk)
  }
  if (typeof formula !== 'boolean') walk(formula)
  return [...found.values()]
}

/** Of a formula in which no fact is missing: the condition that is left, as one expression. */
export function conditionLeft(open: Open): Expr | undefined {
  switch (open.kind) {
    case 'condition':
      return open.expr
    case 'missing':
      return undefined
    case 'not': {
      const of = conditionLeft(open.of)
      return of === undefined ? undefined : { op: 'not', of }
    }
    default: {
      let whole: Expr | undefined
      for (const part of open.parts) {
        const expr = conditionLeft(part)
        if (expr === undefined) return undefined
        whole = whole === undefined ? expr : binary(open.kind === 'and' ? '&&' : '||', whole, expr)
      }
      return whole
    }
  }
}

/** A formula with every missing fact taken for `value`. */
export function settled(formula: Formula, value: boolean): Formula {
  if (typeof formula === 'boolean' || formula.kind === 'condition') return formula
  if (formula.kind === 'missing') return value
  // What is negated counts against: the missing fact there is taken the other way round.
  if (formula.kind === 'not') return not(settled(formula.of, !value))
  const parts = formula.parts.map((part) => settled(part, value))
  return formula.kind === 'and' ? and(parts) : or(parts)
}
