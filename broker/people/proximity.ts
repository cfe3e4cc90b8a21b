import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Milliseconds } from '../devices/device.ts'
import { demand } from '../refusal.ts'
import { hashOf } from './once.ts'
import type { PeopleStore } from './people-store.ts'
import type { ProximityRecord } from './presence-record.ts'

/** A code is good in the window in which it is shown, and in the next. */
const WINDOW: Milliseconds = 30_000
const MOST_TRIES = 3

/**
 * The short code that the desk shows for a question and the person types on the phone. It is made of a secret of this process,
 * not of what the phone was given. For what it does not prove see `evidence.ts`.
 */
export class Proximity {
  readonly #secret = randomBytes(32)
  readonly #store: PeopleStore
  readonly #now: () => Milliseconds

  constructor(store: PeopleStore, now: () => Milliseconds) {
    this.#store = store
    this.#now = now
  }

  /** Six digits for a question, by its secret. */
  code(question: string): string {
    return this.#codeIn(question, Math.floor(this.#now() / WINDOW))
  }

  /** Checks a code that was typed; refuses a wrong one, an old one, and the fourth. */
  check(question: string, typed: string): ProximityRecord {
    const allowed = this.#store.tryOnce('presence', hashOf(question), MOST_TRIES)
    demand(allowed, 'too-many', 'the code was wrong too often; begin again')
    const now = this.#now()
    const window = Math.floor(now / WINDOW)
    const given = Buffer.from(typed.replaceAll(/\s/g, ''))
    const shown = [window, window - 1].find((each) => {
      const ours = Buffer.from(this.#codeIn(question, each))
      return ours.length === given.length && timingSafeEqual(ours, given)
    })
    demand(shown !== undefined, 'presence-invalid', 'the code is not the one that the desk shows now')
    return { kind: 'typed-code', shownAt: shown * WINDOW, typedAt: now }
  }

  #codeIn(question: string, window: number): string {
    const mac = createHmac('sha256', this.#secret).update(`${question}\n${window}`).digest()
    return String(mac.readUInt32BE(0) % 1_000_000).padStart(6, '0')
  }
}
