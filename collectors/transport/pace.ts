import { setTimeout as pause } from 'node:timers/promises'

/**
 * Keeps to a quota of so many starts a minute, and learns: told to slow down, it waits as long as it was told and then takes
 * fewer a minute, down to a fifth, and again more with every start that went well. `now` gives milliseconds.
 */
export class Pace {
  private readonly quota: number
  private readonly now: () => number
  /** Starts of the last minute, oldest first. */
  private starts: number[] = []
  private allowed: number
  private notBefore = 0
  private throttled = 0
  private waiting = 0
  private turns: Promise<void> = Promise.resolve()

  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.quota = perMinute
    this.allowed = perMinute
    this.now = now
  }

  /** Resolves when the next may start; those who wait are served in turn. */
  async turn(): Promise<void> {
    this.waiting++
    const mine = this.turns.then(() => this.wait())
    this.turns = mine
    await mine
    this.waiting--
  }

  /** The cloud said that this was too fast; `told` milliseconds is how long it asked to wait. */
  slower(told: number | undefined): void {
    const wait = told ?? Math.min(FIRST_WAIT * 2 ** this.throttled, LONGEST_WAIT)
    this.throttled++
    this.allowed = Math.max(1, Math.ceil(this.quota / 5), Math.floor(this.allowed * 0.7))
    this.notBefore = Math.max(this.notBefore, this.now() + wait)
  }

  wentWell(): void {
    this.throttled = 0
    this.allowed = Math.min(this.quota, this.allowed + Math.ceil(this.quota / 20))
  }

  /** Seconds that those who wait now will have to wait at least. */
  secondsLeft(): number {
    return Math.ceil((this.waiting * 60) / this.allowed)
  }

  private async wait(): Promise<void> {
    for (;;) {
      const now = this.now()
      this.starts = this.starts.filter((start) => now - start < MINUTE)
      const full = this.starts.at(-this.allowed)
      const ready = Math.max(this.notBefore, full === undefined ? 0 : full + MINUTE)
      if (ready <= now) {
        this.starts.push(now)
        return
      }
      await pause(Math.max(ready - now, 1))
    }
  }
}

const MINUTE = 60_000
const FIRST_WAIT = 500
const LONGEST_WAIT = 60_000
