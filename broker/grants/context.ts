import type { Connector, Outcome } from './connector.ts'
import type { Grant } from './grant.ts'
import type { GrantLedger } from './grant-ledger.ts'

/** Time as the broker has it. A test moves it. */
export interface GrantClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Fulfilled after so many milliseconds, or when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** Whether a grant may be issued, asked with the evidence of this moment. Anything thrown is a no. */
export type Decide = (
  grant: Grant,
) => Promise<{ readonly allow: true } | { readonly allow: false; readonly why: string }>

export interface GrantsOptions {
  readonly ledger: GrantLedger
  readonly connectors: readonly Connector[]
  readonly decide: Decide
  readonly clock: GrantClock
  /** Who may give a grant up without knowing what is left: a permission of its own. */
  readonly mayForceClose: (person: string) => Promise<boolean>
  /** Between 0 and 1; spreads retries. */
  readonly random: () => number
  /** Ids of new grants and of this broker. */
  readonly newId: () => string
  /** How long a call to a cloud may take; 30 s unless told. */
  readonly callLimit?: number
  /** How often active grants are looked at in the cloud; 5 minutes unless told. */
  readonly lookEvery?: number
}

/** Retries wait twice as long each time, at most this. */
const LONGEST_WAIT = 300_000
const FIRST_WAIT = 1_000
/** Beyond the calls of one step: for the ledger to answer. */
const MARGIN = 30_000

/** What the steps share. */
export class GrantsContext {
  readonly ledger: GrantLedger
  readonly decide: Decide
  readonly clock: GrantClock
  readonly callLimit: number
  readonly lookEvery: number
  /** This broker among others over one ledger. */
  readonly broker: string
  readonly #connectors: ReadonlyMap<string, Connector>
  readonly #random: () => number

  constructor(options: GrantsOptions) {
    this.ledger = options.ledger
    this.decide = options.decide
    this.clock = options.clock
    this.callLimit = options.callLimit ?? 30_000
    this.lookEvery = options.lookEvery ?? 300_000
    this.broker = options.newId()
    this.#connectors = new Map(options.connectors.map((each) => [each.name, each]))
    this.#random = options.random
  }

  connector(name: string): Connector | undefined {
    return this.#connectors.get(name)
  }

  /** How long a step may hold an access: it makes four calls at most. */
  get holdFor(): number {
    return 4 * this.callLimit + MARGIN
  }

  /** Until when a call that starts now may take effect although its answer is lost. */
  lateUntil(connector: Connector): number {
    return this.clock.now() + this.callLimit + connector.traits.settles
  }

  /** When to try again after so many failures. */
  retryAt(failures: number): number {
    const wait = Math.min(FIRST_WAIT * 2 ** Math.min(failures, 30), LONGEST_WAIT)
    return this.clock.now() + Math.ceil(wait * (0.5 + this.#random() / 2))
  }

  /** Calls a cloud within the limit; no answer is an uncertain one. */
  change(call: (signal: AbortSignal) => Promise<Outcome>, limit = this.callLimit): Promise<Outcome> {
    return this.#within(call, (why) => ({ kind: 'uncertain', why }), limit)
  }

  /**
   * The same for what can still take effect until `late` at most, as the ledger has it. Throws `BrokerGone` where this broker
   * was held up since it wrote that: another may have brought the grant to its end meanwhile.
   */
  changeBefore(
    late: number,
    connector: Connector,
    call: (signal: AbortSignal) => Promise<Outcome>,
  ): Promise<Outcome> {
    const left = late - connector.traits.settles - this.clock.now()
    if (left <= 0) throw new BrokerGone('it was held up, and others may have gone on')
    return this.change(call, Math.min(left, this.callLimit))
  }

  observe(connector: Connector, grant: Grant) {
    return this.#within(
      (signal) => connector.observe(grant.recipe, signal),
      (why) => ({ kind: 'unknown', why }) as const,
    )
  }

  async #within<T>(
    call: (signal: AbortSignal) => Promise<T>,
    lost: (why: string) => T,
    limit = this.callLimit,
  ): Promise<T> {
    const [tooLong, answered] = [new AbortController(), new AbortController()]
    const late = this.clock.sleep(limit, answered.signal).then(() => {
      tooLong.abort()
      return lost('the cloud did not answer in time')
    })
    try {
      return await Promise.race([call(tooLong.signal), late])
    } catch (error) {
      if (error instanceof BrokerGone) throw error
      return lost(error instanceof Error ? error.message : 'the call failed')
    } finally {
      answered.abort()
    }
  }
}

/** This broker is no longer the one that works: another has taken over, or it is being stopped. Nothing more is done. */
export class BrokerGone extends Error {}
