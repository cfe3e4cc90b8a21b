/** Makes a line that shows a difference small enough to be read. */
import type { Line } from './line.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Without these a statement is none. */
const NEEDED = new Set([
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
])

/** Leaves out whatever can be left out while `shows` stays true. */
export function reduced(line: Line, shows: (line: Line) => boolean): Line {
  let now = line as unknown as Json
  for (let again = true; again;) {
    again = false
    for (const smaller of withoutOne(now)) {
      if (!holds(smaller as unknown as Line, shows)) continue
      now = smaller
      again = true
      break
    }
  }
  return now as unknown as Line
}

/** A line with a part missing may be none that either side understands. */
function holds(line: Line, shows: (line: Line) => boolean): boolean {
  try {
    return shows(line)
  } catch {
    return false
  }
}

function* withoutOne(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    for (const i of items.keys()) yield items.toSpliced(i, 1)
    if (items.length === 1 && typeof items[0] === 'string') yield items[0]
    for (const [i, item] of items.entries())
      for (const smaller of withoutOne(item)) yield items.with(i, smaller)
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    for (const [key] of entries.filter(([k]) => !NEEDED.has(k)))
      yield Object.fromEntries(entries.filter(([k]) => k !== key))
    for (const [key, inner] of entries)
      for (const smaller of withoutOne(inner))
        yield Object.fromEntries(entries.map(([k, v]) => [k, k === key ? smaller : v]))
  }
}
