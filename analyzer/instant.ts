import type { Instant } from '../graph/index.ts'

/** An RFC 3339 text of an export as an instant in UTC to the second; `undefined` for anything else. */
export function instantOf(text: string | undefined): Instant | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) return undefined
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z') as Instant
}
