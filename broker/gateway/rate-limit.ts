import type { Milliseconds } from '../devices/device.ts'

export interface Rate {
  /** How many at once. */
  readonly burst: number
  /** How many a second after that. */
  readonly perSecond: number
}

/** Keys remembered at a time; above it the fullest buckets, which are those that say nothing, are forgotten. */
const MOST_KEYS = 50_000

/** A token bucket for each key (an address, a device). */
export class RateLimit {
  readonly #rate: Rate
  readonly #now: () => Milliseconds
  readonly #buckets = new Map<string, { left: number; at: Milliseconds }>()

  constructor(rate: Rate, now: () => Milliseconds) {
    this.#rate = rate
    this.#now = now
  }

  /** Takes one; false when there is none left. */
  take(key: string): boolean {
    const now = this.#now()
    const bucket = this.#buckets.get(key)
    const left = bucket === undefined ? this.#rate.burst : this.#refilled(bucket, now)
    if (left < 1) return false
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: left - 1, at: now })
    if (this.#buckets.size > MOST_KEYS) this.#forget(now)
    return true
  }

  #refilled(bucket: { left: number; at: Milliseconds }, now: Milliseconds): number {
    const gained = (Math.max(now - bucket.at, 0) / 1000) * this.#rate.perSecond
    return Math.min(bucket.left + gained, this.#rate.burst)
  }

  #forget(now: Milliseconds): void {
    for (const [key, bucket] of this.#buckets) {
      if (this.#refilled(bucket, now) >= this.#rate.burst) this.#buckets.delete(key)
    }
    // Everybody is busy: the longest silent goes.
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_KEYS) return
      this.#buckets.delete(key)
    }
  }
}
