import type { Wanted } from './key-values.ts'
import type { Relation } from './relation.ts'

/**
 * What is known of a proposition: true, false, or a formula over what is open. Constants fold when formulas are built, so
 * that a request whose facts are all known never makes one. Negation stands on atoms only.
 */
export type Formula = boolean | Atom | Negation | Junction

/** How an atom about a context key relates to others of the same key. */
export type AtomKind =
  /** The key is absent from the request. */
  | 'absent'
  /** The single value of the key matches `value`. */
  | 'is'
  /** One of the values of the key matches `value`. */
  | 'some'
  /** Every value of the key matches `value`. */
  | 'every'
  /** About something else than a context key. */
  | 'other'

/** Something open. Two atoms of the same `id` are the same proposition. */
export interface Atom {
  /** What the values of the key are compared with; none where it is not known. */
  readonly wanted?: readonly Wanted[]
  /** How the values of the key hang together with those of another that is not known either. */
  readonly relation?: Relation
  readonly op: 'atom'
  readonly id: string
  /** `context`: the request would tell; `fact`: something that no request tells, or that is not documented. */
  readonly open: 'context' | 'fact'
  readonly kind: AtomKind
  /** The folded context key it is about; empty for others. */
  readonly key: string
  /** Folded base operator, where two values of one key exclude each other only under equality. */
  readonly operator: string
  /** For people: `subject verb object`, and the verb of its negation. */
  readonly subject: string
  readonly verb: string
  readonly negatedVerb: string
  readonly object: string
}

export interface Negation {
  readonly op: 'not'
  readonly of: Atom
}

export interface Junction {
  readonly op: 'and' | 'or'
  /** At least two; none is a constant or a junction of the same kind. */
  readonly parts: readonly (Atom | Negation | Junction)[]
}

export function and(a: Formula, b: Formula): Formula {
  if (a === false || b === false) return false
  if (a === true) return b
  if (b === true) return a
  return join('and', a, b)
}

export function or(a: Formula, b: Formula): Formula {
  if (a === true || b === true) return true
  if (a === false) return b
  if (b === false) return a
  return join('or', a, b)
}

export function not(a: Formula): Formula {
  if (typeof a === 'boolean') return !a
  if (a.op === 'atom') return { op: 'not', of: a }
  if (a.op === 'not') return a.of
  let made: Formula = a.op === 'or'
  for (const part of a.parts) made = a.op === 'or' ? and(made, not(part)) : or(made, not(part))
  return made
}

/** An open fact that no context key tells. */
export function fact(says: string): Atom {
  return {
    op: 'atom',
    id: `fact|${says}`,
    open: 'fact',
    kind: 'other',
    key: '',
    operator: '',
    subject: says,
    verb: '',
    negatedVerb: 'not:',
    object: '',
  }
}

/** Something that the request would tell and that is no context key: which resource of many, which session of a role. */
export function requestFact(id: string, subject: string, object: string): Atom {
  return {
    op: 'atom',
    id,
    open: 'context',
    kind: 'other',
    key: '',
    operator: '',
    subject,
    verb: 'is',
    negatedVerb: 'is not',
    object,
  }
}

/** Every atom of a formula, each once. */
export function atomsOf(
  formula: Formula,
  found: Map<string, Atom> = new Map<string, Atom>(),
): ReadonlyMap<string, Atom> {
  if (typeof formula === 'boolean') return found
  if (formula.op === 'atom') found.set(formula.id, formula)
  else if (formula.op === 'not') found.set(formula.of.id, formula.of)
  else for (const part of formula.parts) atomsOf(part, found)
  return found
}

type Part = Atom | Negation | Junction

function join(op: 'and' | 'or', a: Part, b: Part): Formula {
  const parts: Part[] = []
  for (const side of [a, b]) {
    for (const part of side.op === op ? side.parts : [side]) {
      if (parts.some((known) => isSame(known, part))) continue
      if (parts.some((known) => isOpposite(known, part))) return op === 'or'
      parts.push(part)
    }
  }
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : { op, parts }
}

function isOpposite(a: Part, b: Part): boolean {
  if (a.op === 'not') return b.op === 'atom' && a.of.id === b.id
  return a.op === 'atom' && b.op === 'not' && b.of.id === a.id
}

function isSame(a: Part, b: Part): boolean {
  if (a === b) return true
  if (a.op === 'atom') return b.op === 'atom' && a.id === b.id
  if (a.op === 'not') return b.op === 'not' && a.of.id === b.of.id
  if (b.op !== a.op || a.parts.length !== b.parts.length) return false
  return a.parts.every((part, i) => {
    const other = b.parts[i]
    return other !== undefined && isSame(part, other)
  })
}
