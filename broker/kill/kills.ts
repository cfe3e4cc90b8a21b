import { GomeisaError } from '../../graph/index.ts'
import type { AuditRecord } from '../audit/record.ts'
import { lock } from '../devices/locks.ts'
import type { Device } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { hasEnded, type Grant } from '../grants/grant.ts'
import type { Grants } from '../grants/grants.ts'
import { requestBehind } from '../requests/grant-use.ts'
import type { RequestLedger } from '../requests/request-ledger.ts'
import { leftOf, ORDERED, orderIn, type KillAim, type KillReport } from './kill-report.ts'

export interface KillsOptions {
  readonly ledger: RequestLedger
  readonly devices: DeviceStore
  readonly grants: Pick<Grants, 'kill'>
  readonly now: () => number
}

/** Records that are read at a time. */
const PAGE = 1_000

/**
 * The kill switch. An order is durable in this sequence: the lock, by which a running broker closes connections and refuses tokens
 * and requests; then the end of every grant, which the broker carries out for as long as it takes; then its own record.
 */
export class Kills {
  readonly #options: KillsOptions

  constructor(options: KillsOptions) {
    this.#options = options
  }

  /**
   * What a name means. A device is named by its id, or by its name where only one has it. Throws `NOT_FOUND` for what there is
   * not: whoever kills in a hurry must hear of a slip. `USAGE` for a name of several devices.
   */
  async aim({ kind, id: name }: KillAim): Promise<{ readonly aim: KillAim; readonly person: string }> {
    const { devices, ledger } = this.#options
    if (kind === 'device') {
      const device = deviceNamed(devices.devices(), name)
      return { aim: { kind, id: device.id }, person: device.person }
    }
    if (kind === 'grant') {
      const grant = await ledger.transact((tx) => tx.grant(name))
      if (grant === undefined) throw unknown(`there is no grant \`${name}\``, 'gomeisa audit export')
      return { aim: { kind, id: grant.id }, person: grant.person }
    }
    const has = devices.devices().some(({ person }) => person === name)
    const held = has || (await ledger.transact((tx) => tx.grants(name))).length > 0
    if (!held) throw unknown(`nobody called \`${name}\` has a device or a grant`, 'gomeisa broker devices')
    return { aim: { kind, id: name }, person: name }
  }

  /** Orders it. Done twice it is one lock, and the grants are told once more. Throws as `aim` does. */
  async order(named: KillAim, reason: string, by: string): Promise<KillReport> {
    const { ledger, grants, now } = this.#options
    const { aim, person } = await this.aim(named)
    const locked = this.#locked(aim, reason, by)
    const from = (await ledger.auditHead()).seq
    const killed =
      aim.kind === 'person'
        ? await grants.kill({ person }, by, reason)
        : await this.#killEach(await this.#aimedAt(aim, person), reason, by)
    const detail = {
      ...{ kind: aim.kind, target: aim.id, person, reason, from, grants: killed.map(({ id }) => id) },
      ...(locked !== undefined && { lock: locked }),
    }
    await ledger.transact((tx) => tx.audit({ at: now(), actor: by, event: ORDERED, detail }))
    const order = (await this.#since(from)).findLast(
      (each) => each.event === ORDERED && each.actor === by && each.detail['target'] === aim.id,
    )
    return this.report(order?.seq ?? 0)
  }

  /** What an order has brought about until now. Throws `NOT_FOUND` for a number of no order. */
  async report(id: number): Promise<KillReport> {
    const [record] = await this.#options.ledger.auditRecords(id, 1)
    const order = record?.seq === id ? orderIn(record) : undefined
    if (order === undefined) throw unknown(`no kill has the number \`${id}\``, 'gomeisa audit export')
    const { ids, from, ...rest } = order
    const records = ids.length === 0 ? [] : await this.#since(from)
    const found = await this.#options.ledger.transact((tx) => Promise.all(ids.map((each) => tx.grant(each))))
    const grants = found.filter((each) => each !== undefined)
    return { ...rest, grants: grants.map((grant) => leftOf(grant, records)) }
  }

  #locked({ kind, id }: KillAim, reason: string, by: string): string | undefined {
    const { devices, now } = this.#options
    if (kind === 'grant') return undefined
    const before = devices.activeLock({ kind, id }, now())
    // A lock that ends by itself is not what was ordered.
    if (before !== undefined && before.until === undefined) return before.id
    return lock(devices, { kind, id }, { reason, by }, now()).id
  }

  /** The grants that an order about a grant or a device reaches. */
  async #aimedAt({ kind, id }: KillAim, person: string): Promise<readonly Grant[]> {
    const { ledger } = this.#options
    const living = (await ledger.transact((tx) => tx.grants(person))).filter(({ state }) => !hasEnded(state))
    if (kind === 'grant') return living.filter((each) => each.id === id)
    const bound = await Promise.all(living.map((each) => requestBehind(ledger, each)))
    return living.filter((_, i) => bound[i]?.device === id)
  }

  async #killEach(all: readonly Grant[], reason: string, by: string): Promise<readonly Grant[]> {
    const killed = await Promise.all(
      all.map(({ id }) => this.#options.grants.kill({ grant: id }, by, reason)),
    )
    return killed.flat()
  }

  async #since(seq: number): Promise<readonly AuditRecord[]> {
    const all: AuditRecord[] = []
    for (;;) {
      const page = await this.#options.ledger.auditRecords(seq + 1 + all.length, PAGE)
      all.push(...page)
      if (page.length < PAGE) return all
    }
  }
}

function deviceNamed(all: readonly Device[], name: string): Device {
  const one = all.find(({ id }) => id === name)
  if (one !== undefined) return one
  const called = all.filter((each) => each.name === name && each.revokedAt === undefined)
  const [first, second] = called
  if (first === undefined) throw unknown(`no device is called \`${name}\``, 'gomeisa broker devices')
  if (second === undefined) return first
  throw new GomeisaError('USAGE', `${called.length} devices are called \`${name}\``, {
    remedy: `name one by its id: ${called.map(({ id, person }) => `${id} of ${person}`).join(', ')}`,
  })
}

const unknown = (what: string, lists: string): GomeisaError =>
  new GomeisaError('NOT_FOUND', what, { remedy: `\`${lists}\` tells what there is; nothing was changed` })
