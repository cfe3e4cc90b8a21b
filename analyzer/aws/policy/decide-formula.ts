import type { Literal } from './consistent.ts'
import { isConsistent } from './consistent.ts'
import type { Atom, Formula } from './formula.ts'
import { and, atomsOf, not, or } from './formula.ts'

/** Steps after which a search gives up and takes a formula to be satisfiable: more than any policy that people wrote. */
const BUDGET = 20_000

/** Whether some request makes the formula true. Gives up, with yes, on formulas of hundreds of atoms. */
export function isPossible(formula: Formula): boolean {
  return typeof formula === 'boolean' ? formula : search(formula, { left: BUDGET }, [])
}

/** Whether every request makes the formula true. */
export function isCertain(formula: Formula): boolean {
  return !isPossible(not(formula))
}

/** The two bounds of risk: what some request may, and what every request may. */
export interface Bounds {
  readonly may: boolean
  readonly must: boolean
}

export function boundsOf(formula: Formula): Bounds {
  return { may: isPossible(formula), must: isCertain(formula) }
}

/** The facts on which the formula really depends: with the fact and without it, it differs for some request. */
export function neededFacts(formula: Formula): readonly Atom[] {
  return [...atomsOf(formula).values()].filter((atom) => {
    if (atom.open !== 'fact') return false
    const yes = assume(formula, atom, true)
    const no = assume(formula, atom, false)
    return isPossible(or(and(yes, not(no)), and(no, not(yes))))
  })
}

/** The formula once an atom is known, with what follows for the others of its key. */
export function assume(formula: Formula, atom: Atom, value: boolean): Formula {
  if (typeof formula === 'boolean') return formula
  if (formula.op === 'atom') return follows(formula, atom, value) ?? formula
  if (formula.op === 'not') {
    const known = follows(formula.of, atom, value)
    return known === undefined ? formula : !known
  }
  let made: Formula = formula.op === 'and'
  for (const part of formula.parts) {
    const left = assume(part, atom, value)
    made = formula.op === 'and' ? and(made, left) : or(made, left)
    if (made === (formula.op === 'or')) return made
  }
  return made
}

function search(formula: Formula, budget: { left: number }, settled: readonly Literal[]): boolean {
  if (formula === true) return isConsistent(settled)
  if (formula === false) return false
  if (--budget.left < 0) return true
  const atom = firstAtom(formula)
  return [true, false].some((value) =>
    search(assume(formula, atom, value), budget, [...settled, { atom, value }]),
  )
}

function firstAtom(formula: Exclude<Formula, boolean>): Atom {
  let at = formula
  while (at.op === 'and' || at.op === 'or') {
    const [first] = at.parts
    if (first === undefined) break
    at = first
  }
  return at.op === 'not' ? at.of : (at as Atom)
}

/** What the truth of one atom says about another. */
function follows(other: Atom, atom: Atom, value: boolean): boolean | undefined {
  if (other.id === atom.id) return value
  if (!value || atom.key === '' || other.key !== atom.key) return undefined
  if (atom.kind === 'absent') return other.kind === 'every'
  if (other.kind === 'absent') return atom.kind === 'every' ? undefined : false
  return excludes(atom, other) ? false : undefined
}

/** A single value cannot equal two different ones. */
function excludes(a: Atom, b: Atom): boolean {
  return a.kind === 'is' && b.kind === 'is' && a.operator === b.operator && EQUALITIES.has(a.operator)
}

const EQUALITIES = new Set(['stringequals', 'bool'])
