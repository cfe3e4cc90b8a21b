import type { JsonObject } from '../../../graph/index.ts'

/** Labels as pairs, sorted by key. */
export function labelsOf(labels: JsonObject | undefined): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (typeof value === 'string') pairs.push([key, value])
  }
  return pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
