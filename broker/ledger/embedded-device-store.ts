import { createHash } from 'node:crypto'
import type { JsonObject } from '../../graph/index.ts'
import type { About, Note } from '../audit/notes.ts'
import type { AuditEntry } from '../audit/record.ts'
import type { Device, EnrolmentLeave, IssuedCertificate, Lock, LockTarget, Trust } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { LedgerDatabase } from './database.ts'
import { LedgerNotes } from './notes.ts'
import { certificateOf, changeOf, deviceOf, evidenceText, leaveOf, lockOf } from './rows.ts'
import { LEDGER_STEPS } from './schema.ts'

/** Opens the broker's memory of devices in its ledger; see `LedgerDatabase` for what it throws. */
export function openDeviceStore(file: string): DeviceStore {
  return new EmbeddedDeviceStore(new LedgerDatabase(file, LEDGER_STEPS))
}

class EmbeddedDeviceStore implements DeviceStore {
  readonly #db: LedgerDatabase
  readonly #notes: LedgerNotes

  constructor(db: LedgerDatabase) {
    this.#db = db
    this.#notes = new LedgerNotes(db)
  }

  addLeave(leave: EnrolmentLeave, about: About): void {
    const { tokenHash, person, deviceName, atLeast, expiresAt } = leave
    this.#notes.noting(about, 'device.invited', { person, device: deviceName, atLeast }, () =>
      this.#db.run(
        'INSERT INTO leave VALUES (?, ?, ?, ?, ?, NULL)',
        ...[tokenHash, person, deviceName, atLeast, expiresAt],
      ),
    )
  }

  spendLeave(tokenHash: string, now: number): EnrolmentLeave | undefined {
    const sql = 'UPDATE leave SET spent_at = ? WHERE token_hash = ? AND spent_at IS NULL RETURNING *'
    const leave = this.#db.get(sql, leaveOf, now, tokenHash)
    return leave !== undefined && leave.expiresAt > now ? leave : undefined
  }

  enrol(device: Device, certificate: IssuedCertificate): void {
    const { id, person, name, level, enrolledAt } = device
    this.#notes.noting(
      { by: person, at: enrolledAt },
      'device.enrolled',
      { device: id, person, name, level },
      () => {
        this.#replace(device)
        this.#db.run(
          'INSERT INTO device VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
          ...[id, person, name, level, device.atLeast, device.key],
          ...[evidenceText(device.evidence), enrolledAt, device.enrolledUntil],
        )
        this.addCertificate(certificate)
        return 1
      },
    )
  }

  device(id: string): Device | undefined {
    return this.#db.get('SELECT * FROM device WHERE id = ?', deviceOf, id)
  }

  devices(): readonly Device[] {
    return this.#db.all('SELECT * FROM device ORDER BY enrolled_at, id', deviceOf)
  }

  setLevel(id: string, level: Device['level'], about: About): void {
    this.#changing({ kind: 'device', id }, about, 'device.judged', { device: id, level }, () =>
      this.#db.run('UPDATE device SET level = ? WHERE id = ?', level, id),
    )
  }

  revokeDevice(id: string, because: string, about: About): void {
    const sql = 'UPDATE device SET revoked_at = ?, revoked_because = ? WHERE id = ? AND revoked_at IS NULL'
    this.#changing({ kind: 'device', id }, about, 'device.revoked', { device: id, because }, () =>
      this.#db.run(sql, about.at, because, id),
    )
  }

  addCertificate(certificate: IssuedCertificate): void {
    const { serial, device, thumbprint, notAfter } = certificate
    this.#db.run('INSERT INTO certificate VALUES (?, ?, ?, ?, NULL)', serial, device, thumbprint, notAfter)
  }

  certificate(serial: string): IssuedCertificate | undefined {
    return this.#db.get('SELECT * FROM certificate WHERE serial = ?', certificateOf, serial)
  }

  revokeCertificate(serial: string, about: About): void {
    const id = this.certificate(serial)?.device ?? ''
    const sql = 'UPDATE certificate SET revoked_at = ? WHERE serial = ? AND revoked_at IS NULL'
    this.#changing({ kind: 'device', id }, about, 'certificate.revoked', { device: id, serial }, () =>
      this.#db.run(sql, about.at, serial),
    )
  }

  addLock(lock: Lock): void {
    const { id, target, reason, by, at, until } = lock
    const detail = {
      lock: id,
      [target.kind]: target.id,
      reason,
      until: until === undefined ? null : iso(until),
    }
    this.#changing(target, { by, at }, 'lock.set', detail, () =>
      this.#db.run(
        'INSERT INTO lock VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
        ...[id, target.kind, target.id, reason, by, at, until ?? null],
      ),
    )
  }

  liftLock(id: string, about: About): void {
    const sql = 'UPDATE lock SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at IS NULL'
    this.#notes.noting(about, 'lock.lifted', { lock: id }, () => this.#db.run(sql, about.at, about.by, id))
  }

  activeLock(target: LockTarget, now: number): Lock | undefined {
    const sql =
      'SELECT * FROM lock WHERE kind = ? AND target = ? AND lifted_at IS NULL AND (until IS NULL OR until > ?) ' +
      'ORDER BY until IS NULL DESC, until DESC LIMIT 1'
    return this.#db.get(sql, lockOf, target.kind, target.id, now)
  }

  locks(): readonly Lock[] {
    return this.#db.all('SELECT * FROM lock ORDER BY at DESC, id', lockOf)
  }

  trust(): Trust {
    const of = (kind: string) =>
      this.#db.all(
        'SELECT value FROM trust WHERE kind = ?',
        (row) => Buffer.from(row['value'] as Uint8Array),
        kind,
      )
    const endorsementKeys = of('endorsement-key').map((value) => value.toString('utf8'))
    return { roots: of('root'), intermediates: of('intermediate'), endorsementKeys }
  }

  addTrust(kind: string, value: Buffer | string, about: About): void {
    this.#notes.noting(about, 'trust.added', trusted(kind, value), () =>
      this.#db.run('INSERT OR IGNORE INTO trust VALUES (?, ?)', kind, Buffer.from(value)),
    )
  }

  removeTrust(kind: string, value: Buffer | string, about: About): boolean {
    return this.#notes.noting(about, 'trust.removed', trusted(kind, value), () =>
      this.#db.run('DELETE FROM trust WHERE kind = ? AND value = ?', kind, Buffer.from(value)),
    )
  }

  changesSince(seq: number): { seq: number; targets: readonly LockTarget[] } {
    if (seq === Infinity) {
      const last = this.#db.get('SELECT coalesce(max(seq), 0) AS seq FROM change', (row) =>
        Number(row['seq']),
      )
      return { seq: last ?? 0, targets: [] }
    }
    const rows = this.#db.all(
      'SELECT seq, kind, target FROM change WHERE seq > ? ORDER BY seq',
      changeOf,
      seq,
    )
    return { seq: rows.at(-1)?.seq ?? seq, targets: rows.map(({ target }) => target) }
  }

  notesId(): string {
    return this.#notes.notesId()
  }

  notes(seq: number, limit: number): readonly Note[] {
    return this.#notes.notes(seq, limit)
  }

  note(entry: Omit<AuditEntry, 'grant'>): void {
    this.#notes.note(entry)
  }

  close(): void {
    this.#db.close()
  }

  /** An enrolled device of the same person and name is revoked. */
  #replace({ person, name, enrolledAt }: Device): void {
    const known = 'SELECT * FROM device WHERE person = ? AND name = ? AND revoked_at IS NULL'
    const replaced = this.#db.get(known, deviceOf, person, name)?.id
    if (replaced === undefined) return
    const because = 'replaced by a new enrolment'
    this.#db.run("INSERT INTO change (kind, target) VALUES ('device', ?)", replaced)
    this.#db.run(
      'UPDATE device SET revoked_at = ?, revoked_because = ? WHERE id = ?',
      enrolledAt,
      because,
      replaced,
    )
    const detail = { device: replaced, because }
    this.#notes.note({ at: enrolledAt, actor: person, event: 'device.revoked', detail })
  }

  /** Writes something that can put `target` out, and that it did. */
  #changing(
    target: LockTarget,
    about: About,
    event: string,
    detail: JsonObject,
    work: () => number,
  ): boolean {
    return this.#notes.noting(about, event, detail, () => {
      this.#db.run('INSERT INTO change (kind, target) VALUES (?, ?)', target.kind, target.id)
      return work()
    })
  }
}

const iso = (at: number): string => new Date(at).toISOString()

/** A certificate by its SHA-256, as tools print it; a key is known by its hash already. */
function trusted(kind: string, value: Buffer | string): JsonObject {
  return {
    kind,
    sha256: typeof value === 'string' ? value : createHash('sha256').update(value).digest('hex'),
  }
}
