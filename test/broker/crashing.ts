import type { Connector } from '../../broker/grants/connector.ts'
import type { GrantLedger } from '../../broker/grants/grant-ledger.ts'
import type { Around } from './grants-world.ts'

export class Crash extends Error {}

/**
 * Ends a broker at its n-th point: before and after every transaction and every call to the cloud. From then on nothing of it
 * reaches the ledger or the cloud, as after kill -9.
 */
export class CrashAt implements Around {
  readonly #at: number
  #points = 0

  constructor(at: number) {
    this.#at = at
  }

  get crashed(): boolean {
    return this.#points >= this.#at
  }

  ledger(ledger: GrantLedger): GrantLedger {
    return {
      transact: (work) => this.#around(() => ledger.transact(work)),
      auditHead: () => ledger.auditHead(),
      auditRecords: (seq, limit) => ledger.auditRecords(seq, limit),
      checkpoint: (at) => ledger.checkpoint(at),
      close: () => ledger.close(),
    }
  }

  cloud(cloud: Connector): Connector {
    return {
      name: cloud.name,
      traits: cloud.traits,
      plan: (terms) => this.#around(() => cloud.plan(terms)),
      issue: (...given) => this.#around(() => cloud.issue(...given)),
      observe: (...given) => this.#around(() => cloud.observe(...given)),
      revoke: (...given) => this.#around(() => cloud.revoke(...given)),
      kill: (...given) => this.#around(() => cloud.kill(...given)),
    }
  }

  async #around<T>(call: () => Promise<T>): Promise<T> {
    this.#point()
    const value = await call()
    this.#point()
    return value
  }

  #point(): void {
    if (!this.crashed) this.#points++
    if (this.crashed) throw new Crash(`at point ${this.#at}`)
  }
}
