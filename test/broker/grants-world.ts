import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { recordLine } from '../../broker/audit/record.ts'
import { signerOf } from '../../broker/audit/signer.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import type { Connector } from '../../broker/grants/connector.ts'
import type { Decide } from '../../broker/grants/context.ts'
import type { GrantLedger } from '../../broker/grants/grant-ledger.ts'
import { Grants } from '../../broker/grants/grants.ts'
import { hasEnded, type Grant } from '../../broker/grants/grant.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { VirtualClock } from '../fakes/grants/clock.ts'
import { FakeCloud } from '../fakes/grants/cloud.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const { privateKey } = generateKeyPairSync('ed25519')
export const signer = signerOf(privateKey)
export const auditKeys = [createPublicKey(signer.publicKey)]

// Thousands of synced commits: in memory where there is such a place. What a kill leaves behind is the same.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const folder = mkdtempSync(join(memory, 'gomeisa-grants-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
let files = 0
export const ledgerFile = (): string => join(folder, `${files++}.db`)

/** What stands between a broker and its ledger or cloud: it may throw, and so end the broker. */
export interface Around {
  ledger(ledger: GrantLedger): GrantLedger
  cloud(cloud: Connector): Connector
}

/** Opens the same ledger each time. */
export type OpenLedger = () => GrantLedger | Promise<GrantLedger>

const embedded = (): (() => GrantLedger) => {
  const file = ledgerFile()
  return () => openGrantLedger(file, signer)
}

/** A broker over a ledger and a fake cloud, which can be ended and started anew. */
export class GrantsWorld {
  readonly #open: OpenLedger
  readonly clock = new VirtualClock()
  readonly cloud = new FakeCloud(this.clock)
  /** Access of the person and entitlement that is there without the broker. */
  readonly standing = new Set<string>()
  decide: Decide = () => Promise.resolve({ allow: true })
  ledger: GrantLedger
  grants: Grants

  /** Over a file, unless another ledger is given with how to open it again. */
  constructor(other?: { readonly ledger: GrantLedger; readonly open: OpenLedger }) {
    const file = embedded()
    this.#open = other?.open ?? file
    this.ledger = other?.ledger ?? file()
    this.grants = this.broker(this.ledger)
  }

  /** One more broker over a ledger and the cloud. */
  broker(ledger: GrantLedger, around?: Around): Grants {
    let ids = 0
    return new Grants({
      ledger: around?.ledger(ledger) ?? ledger,
      connectors: [around?.cloud(this.cloud) ?? this.cloud],
      decide: (grant) => this.decide(grant),
      clock: this.clock,
      mayForceClose: (person) => Promise.resolve(person === 'owner'),
      random: () => 0.5,
      newId: () => `${files++}-${ids++}`,
    })
  }

  async restart(around?: Around): Promise<void> {
    await this.ledger.close()
    this.ledger = await this.#open()
    this.grants = this.broker(this.ledger, around)
  }

  stand(person: string, entitlement: string): void {
    this.standing.add(`${person}|${entitlement}`)
    this.cloud.bindings.set(`${person}|${entitlement}`, { altered: false })
  }

  wish(person = 'ana', entitlement = 'db-admin', minutes = 60) {
    const deadline = this.clock.now() + minutes * MINUTE
    return { person, entitlement, connector: 'fake', reason: 'incident 7', by: person, deadline }
  }

  /** Intends and takes the first step. */
  async give(person?: string, entitlement?: string, minutes?: number): Promise<Grant> {
    return this.grants.step((await this.grants.intend(this.wish(person, entitlement, minutes))).id)
  }

  /** Lets time pass in small pieces while the broker works. */
  async pass(milliseconds: number, pieces = 40): Promise<void> {
    const end = this.clock.now() + milliseconds
    for (;;) {
      await this.grants.tick()
      const left = end - this.clock.now()
      if (left <= 0) return
      this.clock.advance(Math.min(left, Math.max(MINUTE, milliseconds / pieces)))
      this.cloud.settle()
    }
  }

  async all(): Promise<readonly Grant[]> {
    return this.ledger.transact((tx) => tx.grants())
  }

  async events(id?: string): Promise<string[]> {
    const records = await this.ledger.auditRecords(1, 100_000)
    return records.filter(({ grant }) => id === undefined || grant === id).map(({ event }) => event)
  }

  /** Standing access is there, every key that took effect has a row and made one thing, and the log is whole. */
  async expectSound(): Promise<void> {
    const rows = new Map((await this.all()).map((grant) => [grant.id, grant]))
    expect([...this.standing].filter((access) => !this.cloud.bindings.has(access))).toEqual([])
    const accesses = new Set([...rows.values()].map(({ access }) => access))
    expect(
      [...this.cloud.bindings.keys()].filter((key) => !accesses.has(key) && !this.standing.has(key)),
    ).toEqual([])
    for (const [key, times] of this.cloud.made) {
      const [id = '', generation] = key.split(':')
      expect(times).toBe(1)
      expect(rows.get(id)?.generation).toBeGreaterThanOrEqual(Number(generation))
    }
    await this.ledger.checkpoint(this.clock.now())
    const records = await this.ledger.auditRecords(1, 100_000)
    const verdict = verifyAudit(records.map((record) => `${recordLine(record)}\n`).join(''), {
      keys: auditKeys,
    })
    expect(verdict.faults).toEqual([])
  }

  /** With a cloud that is well again and all deadlines over, everything has ended and only what stood before is there. */
  async expectOver(): Promise<void> {
    this.cloud.mood = () => 'well'
    await this.pass(4 * HOUR, 12)
    await this.expectSound()
    expect((await this.all()).filter(({ state }) => !hasEnded(state))).toEqual([])
    expect([...this.cloud.bindings.keys()].sort()).toEqual([...this.standing].sort())
  }
}
