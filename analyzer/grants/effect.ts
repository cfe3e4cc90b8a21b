import type { Denial, Effect } from './model.ts'

/** What a denial does to a principal; null: nothing. */
export function effectOn(denial: Denial, principal: number): Effect | null {
  if (denial.effect !== undefined) return denial.effect(principal)
  return denial.touches(principal) ? { kind: 'unknown', missing: [denial.missing] } : null
}
