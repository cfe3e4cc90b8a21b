import { isAccountId } from '../../model/arn.ts'
import { listAt } from '../../model/intern.ts'
import type { Technique } from '../../techniques/technique.ts'
import { together, type Allowed, type Judge } from '../judge.ts'
import { rankOf } from '../certainty-rank.ts'
import { policyFits } from './facts.ts'

/** How actions on one of the customer managed policies of `target` are allowed, all on the same one. */
export function onPolicyOf(
  judge: Judge,
  { state }: Technique,
  actions: readonly string[],
  target: number,
  ask: (action: string, policy: string) => Allowed | undefined,
): Allowed | undefined {
  let best: Allowed | undefined
  for (const policy of policiesOf(judge, target)) {
    const fits = state.map((fact) => policyFits(fact, judge.estate, policy))
    if (fits.includes(false)) continue
    const parts = actions.map((action) => ask(action, policy)).filter((part) => part !== undefined)
    if (parts.length < actions.length) continue
    const made = onlyIf(
      together(parts),
      fits.flatMap((fit) => (typeof fit === 'object' && 'condition' in fit ? [fit.condition] : [])),
    )
    if (best === undefined || rankOf(made.certainty) < rankOf(best.certainty)) best = made
    if (best.certainty === 'certain') break
  }
  return best
}

/** What else must hold. */
export function onlyIf(allowed: Allowed, conditions: readonly string[]): Allowed {
  if (conditions.length === 0) return allowed
  const certainty = allowed.certainty === 'certain' ? 'conditional' : allowed.certainty
  return { ...allowed, certainty, conditions: [...allowed.conditions, ...conditions] }
}

/** Customer managed policies that a principal has, itself or through a group. */
function policiesOf({ estate }: Judge, principal: number): readonly string[] {
  const { principals, uses } = estate.state
  const found = new Set<string>()
  for (const use of listAt(principals.identity, principal)) {
    const arn = estate.text(uses.arns[use] ?? -1)
    // AWS managed policies cannot be changed.
    if (isAccountId(arn.split(':')[4] ?? '')) found.add(arn)
  }
  return [...found]
}
