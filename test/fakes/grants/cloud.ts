import type { Connector, Observed, Outcome } from '../../../broker/grants/connector.ts'
import type { VirtualClock } from './clock.ts'

/** How the cloud takes the next call. `lost` applies it and says nothing; `late` applies it after the answer was given up. */
export type Mood = 'well' | 'refuses' | 'fails' | 'lost' | 'late' | 'hangs' | 'throws'

const SETTLES = 60_000

/**
 * A cloud with one kind of access, which has no end of its own: only the broker can remove it. Bindings are shared by everybody
 * who asks for the same; it can refuse, fail, hang, lose its answers and apply what it was asked later.
 */
export class FakeCloud implements Connector {
  readonly name = 'fake'
  readonly traits = {
    narrowing: ['none'],
    providerExpiry: 'none',
    revoke: { typical: 1_000, worst: 60_000, residual: 'none' },
    settles: SETTLES,
  } as const
  readonly bindings = new Map<string, { altered: boolean }>()
  /** Idempotency keys that took effect, each with how many things it made. */
  readonly made = new Map<string, number>()
  readonly calls: string[] = []
  mood: (call: string) => Mood = () => 'well'
  #late: { readonly at: number; readonly apply: () => void }[] = []
  readonly #clock: VirtualClock

  constructor(clock: VirtualClock) {
    this.#clock = clock
  }

  async plan(terms: { person: string; entitlement: string }) {
    const access = `${terms.person}|${terms.entitlement}`
    return Promise.resolve({ access, plan: { access }, recipe: { access } })
  }

  issue(plan: object, _terms: unknown, key: string): Promise<Outcome> {
    return this.#change('issue', () => {
      const { access } = plan as { access: string }
      if (!this.made.has(key)) this.made.set(key, 1)
      if (!this.bindings.has(access)) this.bindings.set(access, { altered: false })
    })
  }

  revoke(recipe: object): Promise<Outcome> {
    return this.#change('revoke', () => this.bindings.delete((recipe as { access: string }).access))
  }

  kill(): Promise<Outcome> {
    return this.#change('kill', () => undefined)
  }

  async observe(recipe: object): Promise<Observed> {
    this.calls.push('observe')
    this.settle()
    const mood = this.mood('observe')
    if (mood === 'throws') throw new TypeError('socket hang up')
    if (mood === 'hangs') return this.#hang()
    if (mood !== 'well') return Promise.resolve({ kind: 'unknown', why: 'throttled' })
    const found = this.bindings.get((recipe as { access: string }).access)
    return Promise.resolve(found ? { kind: 'present', altered: found.altered } : { kind: 'absent' })
  }

  /** Applies what was late and is due. */
  settle(): void {
    const due = this.#late.filter(({ at }) => at <= this.#clock.now())
    this.#late = this.#late.filter((each) => !due.includes(each))
    for (const { apply } of due) apply()
  }

  async #change(call: string, apply: () => unknown): Promise<Outcome> {
    this.calls.push(call)
    this.settle()
    const mood = this.mood(call)
    if (mood === 'refuses') return Promise.resolve({ kind: 'refused', why: 'not authorized' })
    if (mood === 'fails') return Promise.resolve({ kind: 'uncertain', why: 'status 503' })
    if (mood === 'throws') throw new TypeError('socket hang up')
    if (mood === 'late' || mood === 'hangs') {
      this.#late.push({ at: this.#clock.now() + SETTLES / 2, apply })
      return mood === 'hangs' ? this.#hang() : Promise.resolve({ kind: 'uncertain', why: 'time out' })
    }
    apply()
    return Promise.resolve(
      mood === 'lost' ? { kind: 'uncertain', why: 'connection reset' } : { kind: 'done' },
    )
  }

  #hang(): Promise<never> {
    setImmediate(() => this.#clock.advance(30_001))
    return new Promise(() => undefined)
  }
}
