import { Crash, CrashAt } from './crashing.ts'
import { GrantsWorld, MINUTE, type Around } from './grants-world.ts'
import type { Connector, Outcome } from '../../broker/grants/connector.ts'
import type { GrantLedger } from '../../broker/grants/grant-ledger.ts'
import type { Grants } from '../../broker/grants/grants.ts'

/** Stops a broker after its n-th transaction, as a suspended process is, until it is let go on. */
class HangAt implements Around {
  #left: number
  #thawed: () => void = () => undefined
  readonly #hanging = new Promise<void>((resolve) => (this.#thawed = resolve))

  constructor(at: number) {
    this.#left = at
  }

  thaw(): void {
    this.#left = 0
    this.#thawed()
  }

  ledger(ledger: GrantLedger): GrantLedger {
    return {
      transact: async (work) => {
        const value = await ledger.transact(work)
        this.#left--
        if (this.#left === 0) await this.#hanging
        return value
      },
      auditHead: () => ledger.auditHead(),
      auditRecords: (seq, limit) => ledger.auditRecords(seq, limit),
      checkpoint: (at) => ledger.checkpoint(at),
      close: () => ledger.close(),
    }
  }

  cloud(cloud: Connector): Connector {
    return cloud
  }
}

interface Seat {
  ledger: GrantLedger
  grants: Grants
  hang: HangAt | undefined
  /** What still runs of a broker that hangs. */
  late: Promise<unknown>[]
}

/** Two brokers with connections of their own to one ledger, and one cloud. A third connection looks. */
export class TwoBrokers {
  readonly world: GrantsWorld
  readonly #seats: Seat[]
  /** Changes to one access that two brokers had under way at the same time. */
  readonly clashes: string[] = []
  /** How often each idempotency key was sent to the cloud. */
  readonly sent = new Map<string, number>()
  readonly #underWay = new Map<string, { readonly seat: number; readonly call: string }>()

  /** `looks` is for the test itself. Whoever opened the ledgers closes them. */
  constructor(ledgers: { readonly looks: GrantLedger; readonly brokers: readonly GrantLedger[] }) {
    this.world = new GrantsWorld({ ledger: ledgers.looks, open: () => ledgers.looks })
    this.#seats = ledgers.brokers.map((ledger, n) => this.#seated(n, ledger))
  }

  /** The broker in seat 0 or 1. */
  grants(n: number): Grants {
    return this.#seat(n).grants
  }

  /** What somebody has the broker of a seat do; one that hangs keeps nobody waiting. */
  ask(n: number, what: (grants: Grants) => Promise<unknown>): Promise<unknown> {
    return this.#work(n, what(this.grants(n)))
  }

  /** Starts the broker of a seat anew; what hung goes on as the process that it was. */
  async restart(n: number, around?: Around): Promise<void> {
    const before = this.#seat(n)
    await this.#letGo(before)
    this.#seats[n] = this.#seated(n, before.ledger, around)
  }

  /** Both look at the same time; one may crash at its n-th point and is then started again. */
  async tick(crash?: { readonly seat: number; readonly at: number }): Promise<void> {
    if (crash !== undefined) await this.restart(crash.seat, new CrashAt(crash.at))
    const ended = await Promise.allSettled([0, 1].map((n) => this.#work(n, this.grants(n).tick())))
    for (const each of ended) {
      if (each.status === 'rejected' && !(each.reason instanceof Crash)) throw each.reason
    }
    if (crash !== undefined) await this.restart(crash.seat)
  }

  /** From its n-th transaction on the broker stands still until `thaw`. */
  async hang(seat: number, at: number): Promise<void> {
    await this.restart(seat)
    const hang = new HangAt(at)
    const { ledger } = this.#seat(seat)
    this.#seats[seat] = { ...this.#seat(seat), hang, grants: this.#broker(seat, ledger, hang) }
  }

  async thaw(): Promise<void> {
    for (const seat of this.#seats) await this.#letGo(seat)
  }

  async pass(minutes: number): Promise<void> {
    for (let n = 0; n < minutes; n += 5) {
      await this.tick()
      this.world.clock.advance(Math.min(5, minutes - n) * MINUTE)
      this.world.cloud.settle()
    }
    await this.tick()
  }

  /** Nothing hangs, the cloud is well, hours go by: everything has ended, and only what stood before is there. */
  async expectOver(): Promise<void> {
    await this.thaw()
    for (const n of [0, 1]) await this.restart(n)
    this.world.cloud.mood = () => 'well'
    await this.pass(30)
    await this.world.expectOver()
  }

  /** What hangs does not keep the test waiting: it goes on later. */
  #work(n: number, working: Promise<unknown>): Promise<unknown> {
    const { hang, late } = this.#seat(n)
    if (hang === undefined) return working
    working.catch(() => undefined)
    late.push(working)
    return Promise.race([working, new Promise((resolve) => setTimeout(resolve, 60))])
  }

  async #letGo(seat: Seat): Promise<void> {
    seat.hang?.thaw()
    await Promise.allSettled(seat.late.splice(0))
    seat.hang = undefined
  }

  #seated(n: number, ledger: GrantLedger, around?: Around): Seat {
    return { ledger, grants: this.#broker(n, ledger, around), hang: undefined, late: [] }
  }

  #broker(n: number, ledger: GrantLedger, around?: Around): Grants {
    const cloud = this.#watched(n)
    return this.world.broker(ledger, {
      ledger: (each) => around?.ledger(each) ?? each,
      cloud: () => around?.cloud(cloud) ?? cloud,
    })
  }

  #seat(n: number): Seat {
    const seat = this.#seats[n]
    if (seat === undefined) throw new RangeError(`no broker ${n}`)
    return seat
  }

  /** The cloud as one broker calls it, seen by who looks for two at the same thing. */
  #watched(seat: number): Connector {
    const { cloud } = this.world
    const alone = async (access: string, call: string, signal: AbortSignal, work: () => Promise<Outcome>) => {
      const other = this.#underWay.get(access)
      if (other !== undefined && other.seat !== seat)
        this.clashes.push(`${call} beside ${other.call} of ${access}`)
      const mine = { seat, call }
      this.#underWay.set(access, mine)
      const over = () => {
        if (this.#underWay.get(access) === mine) this.#underWay.delete(access)
      }
      signal.addEventListener('abort', over)
      try {
        // Long enough for the other broker to get in, if it can.
        await new Promise((resolve) => setTimeout(resolve, 1))
        return await work()
      } finally {
        over()
      }
    }
    const accessIn = (json: object): string => (json as { readonly access: string }).access
    return {
      name: cloud.name,
      traits: cloud.traits,
      plan: (terms) => cloud.plan(terms),
      issue: (plan, terms, key, signal) => {
        this.sent.set(key, (this.sent.get(key) ?? 0) + 1)
        return alone(accessIn(plan), 'issue', signal, () => cloud.issue(plan, terms, key))
      },
      revoke: (recipe, signal) => alone(accessIn(recipe), 'revoke', signal, () => cloud.revoke(recipe)),
      observe: (recipe) => cloud.observe(recipe),
      kill: () => cloud.kill(),
    }
  }
}
