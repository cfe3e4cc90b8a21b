import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { GomeisaError } from '../../graph/index.ts'
import type { Device, EnrolmentLeave, IssuedCertificate, Lock, LockTarget, Trust } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { certificateOf, changeOf, deviceOf, evidenceText, leaveOf, lockOf } from './rows.ts'
import { LEDGER_SCHEMA, LEDGER_VERSION } from './schema.ts'

/** Milliseconds that a writer waits for another process. */
const PATIENCE = 5_000

/**
 * Opens the broker's ledger: one SQLite file with a write-ahead log, synced at every commit, which only the owner can
 * read. Throws `STORE_UNUSABLE` when it cannot be opened, `STORE_VERSION` when a newer Gomeisa wrote it.
 */
export function openDeviceStore(file: string): DeviceStore {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return new EmbeddedDeviceStore(prepare(file), file)
  } catch (cause) {
    throw unusable(file, cause)
  }
}

function prepare(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: PATIENCE })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    chmodSync(file, 0o600)
    db.exec('BEGIN IMMEDIATE')
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
    if (version > LEDGER_VERSION) {
      throw new GomeisaError('STORE_VERSION', `\`${file}\` was written by a newer version of Gomeisa`, {
        remedy: 'update Gomeisa, or use another data directory with --data',
      })
    }
    if (version === 0) db.exec(`${LEDGER_SCHEMA} PRAGMA user_version = ${LEDGER_VERSION};`)
    db.exec('COMMIT')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function unusable(file: string, cause: unknown): GomeisaError {
  if (cause instanceof GomeisaError) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new GomeisaError('STORE_UNUSABLE', `the ledger \`${file}\` cannot be used: ${why}`, {
    remedy: 'check the disk, the permissions, and that no other program holds the file',
    cause,
  })
}

type Row = Record<string, SQLOutputValue>

class EmbeddedDeviceStore implements DeviceStore {
  readonly #db: DatabaseSync
  readonly #file: string
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync, file: string) {
    this.#db = db
    this.#file = file
  }

  addLeave(leave: EnrolmentLeave): void {
    this.#run(
      'INSERT INTO leave VALUES (?, ?, ?, ?, ?, NULL)',
      ...[leave.tokenHash, leave.person, leave.deviceName, leave.atLeast, leave.expiresAt],
    )
  }

  spendLeave(tokenHash: string, now: number): EnrolmentLeave | undefined {
    const sql = 'UPDATE leave SET spent_at = ? WHERE token_hash = ? AND spent_at IS NULL RETURNING *'
    const leave = this.#get(sql, leaveOf, now, tokenHash)
    return leave !== undefined && leave.expiresAt > now ? leave : undefined
  }

  enrol(device: Device, certificate: IssuedCertificate): void {
    this.#together(() => {
      this.#run(
        "INSERT INTO change (kind, target) SELECT 'device', id FROM device " +
          'WHERE person = ? AND name = ? AND revoked_at IS NULL',
        ...[device.person, device.name],
      )
      this.#run(
        "UPDATE device SET revoked_at = ?, revoked_because = 'replaced by a new enrolment' " +
          'WHERE person = ? AND name = ? AND revoked_at IS NULL',
        ...[device.enrolledAt, device.person, device.name],
      )
      this.#run(
        'INSERT INTO device VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
        ...[device.id, device.person, device.name, device.level, device.atLeast, device.key],
        ...[evidenceText(device.evidence), device.enrolledAt, device.enrolledUntil],
      )
      this.addCertificate(certificate)
    })
  }

  device(id: string): Device | undefined {
    return this.#get('SELECT * FROM device WHERE id = ?', deviceOf, id)
  }

  devices(): readonly Device[] {
    return this.#all('SELECT * FROM device ORDER BY enrolled_at, id', deviceOf)
  }

  setLevel(id: string, level: Device['level']): void {
    this.#changing({ kind: 'device', id }, () => {
      this.#run('UPDATE device SET level = ? WHERE id = ?', level, id)
    })
  }

  revokeDevice(id: string, because: string, now: number): void {
    const sql = 'UPDATE device SET revoked_at = ?, revoked_because = ? WHERE id = ? AND revoked_at IS NULL'
    this.#changing({ kind: 'device', id }, () => {
      this.#run(sql, now, because, id)
    })
  }

  addCertificate(certificate: IssuedCertificate): void {
    const { serial, device, thumbprint, notAfter } = certificate
    this.#run('INSERT INTO certificate VALUES (?, ?, ?, ?, NULL)', serial, device, thumbprint, notAfter)
  }

  certificate(serial: string): IssuedCertificate | undefined {
    return this.#get('SELECT * FROM certificate WHERE serial = ?', certificateOf, serial)
  }

  revokeCertificate(serial: string, now: number): void {
    const id = this.certificate(serial)?.device ?? ''
    this.#changing({ kind: 'device', id }, () => {
      this.#run('UPDATE certificate SET revoked_at = ? WHERE serial = ? AND revoked_at IS NULL', now, serial)
    })
  }

  addLock(lock: Lock): void {
    const { id, target, reason, by, at, until } = lock
    this.#changing(target, () => {
      this.#run(
        'INSERT INTO lock VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
        ...[id, target.kind, target.id, reason, by, at, until ?? null],
      )
    })
  }

  liftLock(id: string, by: string, now: number): void {
    this.#run('UPDATE lock SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at IS NULL', now, by, id)
  }

  activeLock(target: LockTarget, now: number): Lock | undefined {
    const sql =
      'SELECT * FROM lock WHERE kind = ? AND target = ? AND lifted_at IS NULL AND (until IS NULL OR until > ?) ' +
      'ORDER BY until IS NULL DESC, until DESC LIMIT 1'
    return this.#get(sql, lockOf, target.kind, target.id, now)
  }

  locks(): readonly Lock[] {
    return this.#all('SELECT * FROM lock ORDER BY at DESC, id', lockOf)
  }

  trust(): Trust {
    const of = (kind: string) =>
      this.#all(
        'SELECT value FROM trust WHERE kind = ?',
        (row) => Buffer.from(row['value'] as Uint8Array),
        kind,
      )
    const endorsementKeys = of('endorsement-key').map((value) => value.toString('utf8'))
    return { roots: of('root'), intermediates: of('intermediate'), endorsementKeys }
  }

  addTrust(kind: string, value: Buffer | string): void {
    this.#run('INSERT OR IGNORE INTO trust VALUES (?, ?)', kind, Buffer.from(value))
  }

  removeTrust(kind: string, value: Buffer | string): boolean {
    return this.#run('DELETE FROM trust WHERE kind = ? AND value = ?', kind, Buffer.from(value)) > 0
  }

  changesSince(seq: number): { seq: number; targets: readonly LockTarget[] } {
    if (seq === Infinity) {
      const last = this.#get('SELECT coalesce(max(seq), 0) AS seq FROM change', (row) => Number(row['seq']))
      return { seq: last ?? 0, targets: [] }
    }
    const rows = this.#all('SELECT seq, kind, target FROM change WHERE seq > ? ORDER BY seq', changeOf, seq)
    return { seq: rows.at(-1)?.seq ?? seq, targets: rows.map(({ target }) => target) }
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  /** Writes something that can put `target` out, and that it did. */
  #changing(target: LockTarget, work: () => void): void {
    this.#together(() => {
      work()
      this.#run('INSERT INTO change (kind, target) VALUES (?, ?)', target.kind, target.id)
    })
  }

  #together(work: () => void): void {
    this.#run('BEGIN IMMEDIATE')
    try {
      work()
      this.#run('COMMIT')
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const made = this.#db.prepare(sql)
    this.#statements.set(sql, made)
    return made
  }

  /** Rows that changed. */
  #run(sql: string, ...values: readonly SQLInputValue[]): number {
    return this.#attempt(() => Number(this.#statement(sql).run(...values).changes))
  }

  #get<T>(sql: string, read: (row: Row) => T, ...values: readonly SQLInputValue[]): T | undefined {
    return this.#attempt(() => {
      const row = this.#statement(sql).get(...values)
      return row === undefined ? undefined : read(row)
    })
  }

  #all<T>(sql: string, read: (row: Row) => T, ...values: readonly SQLInputValue[]): T[] {
    return this.#attempt(() =>
      this.#statement(sql)
        .all(...values)
        .map(read),
    )
  }

  #attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (cause) {
      throw unusable(this.#file, cause)
    }
  }
}
