import type { Clause, Layer } from './clause.ts'
import type { Formula } from './formula.ts'
import { and, conditionLeft, missingIn, not, or } from './formula.ts'
import { printCel } from './cel/print.ts'

/** What all policies together say of one request. */
export interface Decision {
  readonly decision: 'allowed' | 'conditional' | 'denied-explicit' | 'denied-implicit' | 'unknown'
  /** The kind of policy that decided, or that leaves it open. */
  readonly decidedBy: Layer
  /** `conditional`: the expression that must be true; it has an exact meaning. */
  readonly residual?: string
  /** `unknown`: the facts that are missing. */
  readonly missing?: readonly string[]
  readonly because: readonly {
    readonly layer: string
    readonly effect: 'allow' | 'deny' | 'none'
    readonly says: string
  }[]
}

/**
 * Denied by a deny rule; else denied when no boundary makes the principal eligible, or nothing allows it; else allowed.
 * The order is that of IAM (documentation, "Policy evaluation"); a layer that is open leaves the others to decide.
 */
export function decide(clauses: readonly Clause[], eligible: Formula): Decision {
  const of = (effect: Clause['effect']): Clause[] =>
    clauses.filter((c) => c.effect === effect && c.layer !== 'principal access boundary')
  const denials = of('deny')
  const denied = or(denials.map(({ formula }) => formula))
  const because = clauses.map(({ layer, effect, says, formula }) => ({
    layer,
    effect,
    says: formula === true ? says : `${says}, where it applies`,
  }))
  if (denied === true) {
    const by = denials.filter(({ formula }) => formula === true)
    return {
      decision: 'denied-explicit',
      decidedBy: by[0]?.layer ?? 'deny policy',
      because: by.map(({ layer, effect, says }) => ({ layer, effect, says })),
    }
  }
  if (eligible === false)
    return {
      decision: 'denied-implicit',
      decidedBy: 'principal access boundary',
      because: because.filter(({ layer }) => layer === 'principal access boundary'),
    }
  const grants = of('allow')
  const allowed = or(grants.map(({ formula }) => formula))
  if (allowed === false) {
    const says = 'no binding on the resource or above it allows it'
    return {
      decision: 'denied-implicit',
      decidedBy: 'allow policy',
      because: [{ layer: 'allow policy', effect: 'none', says }],
    }
  }
  const whole = and([not(denied), eligible, allowed])
  if (whole === true) {
    const by = grants.filter(({ formula }) => formula === true)
    return {
      decision: 'allowed',
      decidedBy: by[0]?.layer ?? 'allow policy',
      because: by.map(({ layer, effect, says }) => ({ layer, effect, says })),
    }
  }
  const decidedBy =
    denied !== false
      ? (denials[0]?.layer ?? 'deny policy')
      : eligible !== true
        ? 'principal access boundary'
        : (grants[0]?.layer ?? 'allow policy')
  const facts = missingIn(whole)
  if (facts.length > 0)
    return { decision: 'unknown', decidedBy, missing: facts.map(({ says }) => says), because }
  const left = typeof whole === 'boolean' ? undefined : conditionLeft(whole)
  return {
    decision: 'conditional',
    decidedBy,
    residual: left === undefined ? 'false' : printCel(left),
    because,
  }
}
