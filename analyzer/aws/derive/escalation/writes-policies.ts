import { TECHNIQUES } from '../../techniques/registry.ts'
import type { Judge } from '../judge.ts'

/** Techniques that give every right of an account to who can assume a role of it and rewrite its policies. */
export const WHEN_ASSUMED = TECHNIQUES.filter(
  ({ effect, whom }) => effect === 'administer' && whom.kind === 'assumable-role',
)
const ACTIONS = WHEN_ASSUMED.map(({ needs }) => needs[0].action)

/** Whether a principal holds an action that rewrites the policies of roles. */
export function writesPolicies({ holders }: Judge, principal: number): boolean {
  return ACTIONS.some((action) => holders.holds(action, principal))
}
