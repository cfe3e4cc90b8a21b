import { randomUUID } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { Milliseconds } from './device.ts'

/** A TPM answers within seconds, also a slow one. */
const LIFE: Milliseconds = 60_000
/** Open questions at a time. */
const MOST = 10_000

/** What waits for a second message: each entry is good for one answer within a minute. Lost at a restart; devices ask again. */
export class PendingSessions<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly expiresAt: Milliseconds }>()
  readonly #now: () => Milliseconds

  constructor(now: () => Milliseconds) {
    this.#now = now
  }

  add(value: T): string {
    this.#sweep()
    if (this.#entries.size >= MOST)
      throw new Refusal('too-many', 'too many enrolments at once; try again in a minute')
    const id = randomUUID()
    this.#entries.set(id, { value, expiresAt: this.#now() + LIFE })
    return id
  }

  /** Takes the entry out: a second answer finds nothing. */
  take(id: string): T {
    const entry = this.#entries.get(id)
    this.#entries.delete(id)
    if (entry === undefined || entry.expiresAt <= this.#now()) {
      throw new Refusal('session-unknown', 'the enrolment is unknown, answered already, or took too long')
    }
    return entry.value
  }

  /** Entries stand in the order of their expiry. */
  #sweep(): void {
    const now = this.#now()
    for (const [id, { expiresAt }] of this.#entries) {
      if (expiresAt > now) return
      this.#entries.delete(id)
    }
  }
}
