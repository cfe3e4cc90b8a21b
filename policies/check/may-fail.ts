import { nodesOf } from '../cedar/expression.ts'
import type { Offence, Policy } from '../cedar/policy.ts'

/**
 * What strict validation lets through and evaluation can still fail at: arithmetic overflows, and so do calendar functions
 * near the ends of time. Cedar passes over a policy that fails, a forbid too, so none may be able to.
 */
const SAFE = new Set([
  ...[
    'Value',
    'Var',
    '!',
    '==',
    '!=',
    'in',
    '<',
    '<=',
    '>',
    '>=',
    '&&',
    '||',
    'contains',
    'containsAll',
    'containsAny',
  ],
  ...['isEmpty', '.', 'has', 'like', 'is', 'if-then-else', 'Set', 'Record'],
  ...['datetime', 'duration', 'toTime', 'toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'],
])

/** Every operator that can fail. That attributes exist and literals can be read is Cedar's own validation. */
export function failureOffences(policies: readonly Policy[]): readonly Offence[] {
  return policies.flatMap(({ id, conditions, place }) => {
    const unsafe = conditions
      .flatMap(({ body }) => [...nodesOf(body)].map(([name]) => name))
      .filter((n) => !SAFE.has(n))
    return [...new Set(unsafe)].map((name): Offence => {
      const says = `\`${name}\` can fail, and Cedar passes over a policy that fails`
      return { rule: 'may-fail', policy: id, says, place, remedy: 'compare with a literal instead' }
    })
  })
}
