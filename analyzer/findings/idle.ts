import type { Instant, PrincipalNode } from '../../graph/index.ts'
import { daysBetween } from './scope.ts'

/** How long a principal has not acted. */
export interface Idle {
  /** At least so many days; infinite for one that never acted and whose age is not told. */
  readonly days: number
  /** `has never been used`, `was last used 120 days ago`. */
  readonly says: string
}

/** How long a principal has not acted, up to `now`; `undefined` where the export does not tell. */
export function idle(principal: PrincipalNode, now: Instant): Idle | undefined {
  const { lastUsed, unusedForDays, created } = principal
  const age = created === undefined ? Infinity : daysBetween(created, now)
  if (lastUsed !== undefined && lastUsed !== 'never') {
    const days = daysBetween(lastUsed, now)
    return { days, says: `was last used ${days} days ago` }
  }
  // Whose whole life the cloud remembers never acted in it.
  if (lastUsed === 'never' || (unusedForDays !== undefined && age <= unusedForDays)) {
    return { days: age, says: 'has never been used' }
  }
  if (unusedForDays === undefined) return undefined
  return {
    days: unusedForDays,
    says: `was not used in the last ${unusedForDays} days, which is as long as the cloud remembers,`,
  }
}
