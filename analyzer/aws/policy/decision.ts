import { isCertain, isPossible, neededFacts } from './decide-formula.ts'
import type { Evaluation } from './evaluate-request.ts'
import type { Atom } from './formula.ts'
import { atomsOf } from './formula.ts'
import type { LayerName } from './layers.ts'

export type Decision = 'allowed' | 'conditional' | 'denied-explicit' | 'denied-implicit' | 'unknown'

export interface Decided {
  readonly decision: Decision
  readonly decidedBy: LayerName
  /** What is missing, of an unknown decision. */
  readonly missing: readonly Atom[]
}

const NONE: readonly Atom[] = []

/**
 * The decision of an evaluation. `conditional`: it depends on context keys that are not known; `unknown`: on a fact that is
 * no context key, or on what is not documented. What is open and changes nothing does not count.
 */
export function decide(evaluation: Evaluation): Decided {
  const { access, denied } = evaluation
  if (access === true) return { decision: 'allowed', decidedBy: evaluation.grantedBy, missing: NONE }
  if (denied === true) return explicit(evaluation)
  if (!isPossible(access)) return isCertain(denied) ? explicit(evaluation) : implicit(evaluation)
  const missing = neededFacts(access)
  if (missing.length > 0) {
    return { decision: 'unknown', decidedBy: layerOf(evaluation, missing), missing }
  }
  if (isCertain(access)) return { decision: 'allowed', decidedBy: evaluation.grantedBy, missing: NONE }
  return { decision: 'conditional', decidedBy: openLayer(evaluation), missing: NONE }
}

function explicit({ checks }: Evaluation): Decided {
  const denials = checks.filter(({ what }) => what === 'deny')
  const by = denials.find(({ holds }) => holds === false) ?? denials[0]
  return { decision: 'denied-explicit', decidedBy: by?.layer ?? 'identity-policy', missing: NONE }
}

/** By the first ceiling that does not allow, or by what does not grant; where only all together forbid it, by the last. */
function implicit({ checks, grantedBy }: Evaluation): Decided {
  const by = checks.find(({ what, holds }) => what !== 'deny' && holds === false)
  return { decision: 'denied-implicit', decidedBy: by?.layer ?? grantedBy, missing: NONE }
}

function openLayer({ checks, grantedBy }: Evaluation): LayerName {
  return checks.find(({ holds }) => typeof holds !== 'boolean')?.layer ?? grantedBy
}

function layerOf({ checks, grantedBy }: Evaluation, missing: readonly Atom[]): LayerName {
  const found = checks.find(({ holds }) => {
    const atoms = atomsOf(holds)
    return missing.some(({ id }) => atoms.has(id))
  })
  return found?.layer ?? grantedBy
}
