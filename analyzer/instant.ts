import type { Instant, Json } from '../graph/index.ts'

/**
 * A date of an export as an instant: ISO 8601 (`2023-03-09T10:41:45Z`), the CLI's other form (`2023-03-09 10:41:45+00:00`),
 * or seconds since 1970 (older CLI). `undefined` for `N/A`, `no_information`, `not_supported` and anything else.
 */
export function instantOf(value: Json | undefined): Instant | undefined {
  const ms =
    typeof value === 'number'
      ? value * 1000
      : typeof value === 'string' && /^\d{4}-/.test(value)
        ? Date.parse(value)
        : NaN
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return undefined
  return `${new Date(ms).toISOString().slice(0, 19)}Z` as Instant
}
