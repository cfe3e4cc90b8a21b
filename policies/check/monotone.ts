import type { Offence, Policy } from '../cedar/policy.ts'
import { directionOf, type Direction } from './direction.ts'

/**
 * More evidence never loses access: a permit may only come to hold when evidence grows, a forbid may only cease to. Catches
 * the inverted comparison (`approvals <= 2`), which Cedar's validation lets through.
 */
export function monotoneOffences(policies: readonly Policy[]): readonly Offence[] {
  return policies.flatMap(({ id, effect, conditions, place }) => {
    const wanted = (kind: 'when' | 'unless'): Direction =>
      (effect === 'permit') === (kind === 'when') ? 'up' : 'down'
    const wrong = conditions.some(({ kind, body }) => !['still', wanted(kind)].includes(directionOf(body)))
    const says =
      effect === 'permit'
        ? 'more evidence could lose what this permit allows'
        : 'more evidence could bring this forbid about'
    const remedy = 'compare evidence with `>=` and literals, test flags as they are, quorums with `.contains`'
    return wrong ? [{ rule: 'monotone', policy: id, says, place, remedy }] : []
  })
}
