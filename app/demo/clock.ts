import type { Week } from './demo-file.ts'

const EXPORTED_AT: Readonly<Record<Week, string>> = {
  1: '2026-11-09T06:00:00Z',
  2: '2026-11-16T06:00:00Z',
}

const DAY = 86_400_000
const WEEK_ONE = Date.parse(EXPORTED_AT[1])

/** When the exports of that week were made: the "now" for key ages and last uses. */
export function demoExportedAt(week: Week): string {
  return EXPORTED_AT[week]
}

/**
 * The moment `days` before the first export, as `2026-11-09T06:00:00Z`.
 * Both weeks count from the first one, so that a date does not move between them.
 */
export function daysAgo(days: number, seconds = 0): string {
  return new Date(WEEK_ONE - days * DAY - seconds * 1000).toISOString().replace('.000Z', 'Z')
}

/** The same moment as the AWS CLI prints it: `2026-11-09T06:00:00+00:00`. */
export function awsTime(time: string): string {
  return time.replace('Z', '+00:00')
}
