import type { Week } from '../demo-file.ts'

/** Story S3: the AWS account where the leaver still has an IAM user, and its group there. */
export const LEAVER_ACCOUNT = 'data-prod'
export const LEAVER_GROUP = 'data-admins'

/** Days before the first export at which his two keys were made, and last used. */
export const LEAVER_KEYS = { first: 617, second: 402 } as const

/** He left on Wednesday 11 November; his key was used on Saturday 14 November. Negative: after the first export. */
export function leaverKeyLastUsedDays(week: Week): number {
  return week === 1 ? 3 : -5
}

/** Employed at the first export; his directory account is disabled at the second. */
export function hasLeft(week: Week): boolean {
  return week === 2
}
