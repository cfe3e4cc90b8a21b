import { found } from './found.ts'

/** Draws that depend on a key alone, so that one thing may change without moving any other. */
export type Draws = {
  /** A whole number from 0 up to, not including, `limit`. */
  int(limit: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** `count` different items, in the order drawn. */
  some<T>(items: readonly T[], count: number): T[]
}

const SEED = 'lumenly-1'

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 2166136261
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index)
    value = Math.imul(value, 16777619)
  }
  return value >>> 0
}

/** The draws of one key (mulberry32 seeded with the key's hash). */
export function drawsOf(key: string): Draws {
  let state = hash(`${SEED}/${key}`)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (limit: number): number => Math.floor(next() * limit)
  const at = <T>(items: readonly T[], index: number): T => {
    return found(items[index], `choice for ${key}`)
  }
  return {
    int,
    between: (low, high) => low + int(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (items) => at(items, int(items.length)),
    some: (items, count) => {
      const left = [...items]
      const drawn: (typeof left)[number][] = []
      while (drawn.length < count && left.length > 0) drawn.push(...left.splice(int(left.length), 1))
      return drawn
    },
  }
}
