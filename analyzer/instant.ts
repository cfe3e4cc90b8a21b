import type { Instant, Json } from '../graph/index.ts'

/**
 * A date of an export as an instant: ISO 8601 (`2023-03-09T10:41:45Z`), the CLI's other form (`2023-03-09 10:41:45+00:00`),
 * or seconds since 1970 (older CLI). `undefined` for `N/A`, `no_information`, `not_supported` and anything else.
 */
export function instantOf(value: Json | undefined): Instant | undefined {
  if (typeof value === 'string' && USUAL.test(value)) return `${value.slice(0, 19)}Z` as Instant
  const ms =
    typeof value === 'number'
      ? value * 1000
      : typeof value === 'string' && /^\d{4}-/.test(value)
        ? Date.parse(value)
        : NaN
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return undefined
  return `${new Date(ms).toISOString().slice(0, 19)}Z` as Instant
}

/** A date and time in UTC, to the second, on a day that every month has: most dates need no calendar. */
const USUAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|\+00:00)$/
