import type { GrantClock } from '../../../broker/grants/context.ts'

/** A clock that stands still until it is moved. `skew`: how far the broker's own clock is off. */
export class VirtualClock implements GrantClock {
  #now: number
  skew = 0
  #sleepers: { readonly until: number; readonly wake: () => void }[] = []

  constructor(now = Date.UTC(2026, 10, 22)) {
    this.#now = now
  }

  now(): number {
    return this.#now + this.skew
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
    const due = this.#sleepers.filter(({ until }) => until <= this.#now)
    this.#sleepers = this.#sleepers.filter((each) => !due.includes(each))
    for (const { wake } of due) wake()
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { until: this.#now + milliseconds, wake: resolve }
      this.#sleepers.push(sleeper)
      signal.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper)
        resolve()
      })
    })
  }
}
