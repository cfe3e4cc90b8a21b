/**
 * What is left of a decision when everything known is put in: three-valued logic (Kleene) that keeps what it does not
 * know, so that one evaluation gives both the decision and the residual condition.
 */
export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** Something about the request or resource that was not told: a condition in Azure's own words. */
  | { readonly kind: 'open'; readonly says: string }
  /** A fact that is missing, or a case that Azure's documentation leaves open. */
  | Doubt
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] }

export interface Doubt {
  readonly kind: 'doubt'
  /** Stable key: `role-definition`, `absent-attribute` … */
  readonly what: string
  readonly says: string
}

export const TRUE: Formula = { kind: 'constant', value: true }
export const FALSE: Formula = { kind: 'constant', value: false }

export function constant(value: boolean): Formula {
  return value ? TRUE : FALSE
}

export function doubt(what: string, says: string): Doubt {
  return { kind: 'doubt', what, says }
}

export function and(of: readonly Formula[]): Formula {
  return joined('and', of, false)
}

export function or(of: readonly Formula[]): Formula {
  return joined('or', of, true)
}

/** The negation, pushed down to what is open. A doubt stays a doubt. */
export function negated(formula: Formula): Formula {
  switch (formula.kind) {
    case 'constant':
      return constant(!formula.value)
    case 'doubt':
      return formula
    case 'open':
      return { kind: 'not', of: formula }
    case 'not':
      return formula.of
    case 'and':
      return or(formula.of.map(negated))
    case 'or':
      return and(formula.of.map(negated))
  }
}

/** Every doubt in it, each sentence once. */
export function doubtsIn(formula: Formula): Doubt[] {
  const found = new Map<string, Doubt>()
  const walk = (at: Formula): void => {
    if (at.kind === 'doubt') found.set(at.says, at)
    else if (at.kind === 'not') walk(at.of)
    else if (at.kind === 'and' || at.kind === 'or') at.of.forEach(walk)
  }
  walk(formula)
  return [...found.values()]
}

/** Written like a condition. Doubts are sentences in double angle quotation marks. */
export function printFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'constant':
      return String(formula.value)
    case 'open':
      return formula.says
    case 'doubt':
      return `«${formula.says}»`
    case 'not':
      return `NOT (${printFormula(formula.of)})`
    case 'and':
    case 'or': {
      const parts = formula.of.map((part) =>
        part.kind === 'and' || part.kind === 'or' ? `(${printFormula(part)})` : printFormula(part),
      )
      return parts.join(formula.kind === 'and' ? ' AND ' : ' OR ')
    }
  }
}

/** `absorbing`: the constant that decides the whole. Flattened, each part once, in the order given. */
function joined(kind: 'and' | 'or', of: readonly Formula[], absorbing: boolean): Formula {
  const parts = new Map<string, Formula>()
  for (const part of of) {
    if (part.kind === 'constant') {
      if (part.value === absorbing) return part
    } else if (part.kind === kind && 'of' in part) {
      for (const inner of part.of) parts.set(printFormula(inner), inner)
    } else parts.set(printFormula(part), part)
  }
  const list = [...parts.values()]
  const [only] = list
  if (only === undefined) return constant(!absorbing)
  return list.length === 1 ? only : { kind, of: list }
}
