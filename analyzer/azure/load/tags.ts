import type { JsonObject } from '../../../graph/index.ts'

/** Tags as pairs, sorted by key. */
export function tagsOf(tags: JsonObject | undefined): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  for (const [key, value] of Object.entries(tags ?? {}))
    if (typeof value === 'string') pairs.push([key, value])
  return pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
