import type { Device, EnrolmentLeave, IssuedCertificate, Lock, LockTarget, Trust } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { LedgerDatabase } from './database.ts'
import { certificateOf, changeOf, deviceOf, evidenceText, leaveOf, lockOf } from './rows.ts'

/** Opens the broker's memory of devices in its ledger; see `LedgerDatabase` for what it throws. */
export function openDeviceStore(file: string): DeviceStore {
  return new EmbeddedDeviceStore(new LedgerDatabase(file))
}

class EmbeddedDeviceStore implements DeviceStore {
  readonly #db: LedgerDatabase

  constructor(db: LedgerDatabase) {
    this.#db = db
  }

  addLeave(leave: EnrolmentLeave): void {
    this.#db.run(
      'INSERT INTO leave VALUES (?, ?, ?, ?, ?, NULL)',
      ...[leave.tokenHash, leave.person, leave.deviceName, leave.atLeast, leave.expiresAt],
    )
  }

  spendLeave(tokenHash: string, now: number): EnrolmentLeave | undefined {
    const sql = 'UPDATE leave SET spent_at = ? WHERE token_hash = ? AND spent_at IS NULL RETURNING *'
    const leave = this.#db.get(sql, leaveOf, now, tokenHash)
    return leave !== undefined && leave.expiresAt > now ? leave : undefined
  }

  enrol(device: Device, certificate: IssuedCertificate): void {
    this.#db.together(() => {
      this.#db.run(
        "INSERT INTO change (kind, target) SELECT 'device', id FROM device " +
          'WHERE person = ? AND name = ? AND revoked_at IS NULL',
        ...[device.person, device.name],
      )
      this.#db.run(
        "UPDATE device SET revoked_at = ?, revoked_because = 'replaced by a new enrolment' " +
          'WHERE person = ? AND name = ? AND revoked_at IS NULL',
        ...[device.enrolledAt, device.person, device.name],
      )
      this.#db.run(
        'INSERT INTO device VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
        ...[device.id, device.person, device.name, device.level, device.atLeast, device.key],
        ...[evidenceText(device.evidence), device.enrolledAt, device.enrolledUntil],
      )
      this.addCertificate(certificate)
    })
  }

  device(id: string): Device | undefined {
    return this.#db.get('SELECT * FROM device WHERE id = ?', deviceOf, id)
  }

  devices(): readonly Device[] {
    return this.#db.all('SELECT * FROM device ORDER BY enrolled_at, id', deviceOf)
  }

  setLevel(id: string, level: Device['level']): void {
    this.#changing({ kind: 'device', id }, () => {
      this.#db.run('UPDATE device SET level = ? WHERE id = ?', level, id)
    })
  }

  revokeDevice(id: string, because: string, now: number): void {
    const sql = 'UPDATE device SET revoked_at = ?, revoked_because = ? WHERE id = ? AND revoked_at IS NULL'
    this.#changing({ kind: 'device', id }, () => {
      this.#db.run(sql, now, because, id)
    })
  }

  addCertificate(certificate: IssuedCertificate): void {
    const { serial, device, thumbprint, notAfter } = certificate
    this.#db.run('INSERT INTO certificate VALUES (?, ?, ?, ?, NULL)', serial, device, thumbprint, notAfter)
  }

  certificate(serial: string): IssuedCertificate | undefined {
    return this.#db.get('SELECT * FROM certificate WHERE serial = ?', certificateOf, serial)
  }

  revokeCertificate(serial: string, now: number): void {
    const id = this.certificate(serial)?.device ?? ''
    this.#changing({ kind: 'device', id }, () => {
      this.#db.run(
        'UPDATE certificate SET revoked_at = ? WHERE serial = ? AND revoked_at IS NULL',
        now,
        serial,
      )
    })
  }

  addLock(lock: Lock): void {
    const { id, target, reason, by, at, until } = lock
    this.#changing(target, () => {
      this.#db.run(
        'INSERT INTO lock VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
        ...[id, target.kind, target.id, reason, by, at, until ?? null],
      )
    })
  }

  liftLock(id: string, by: string, now: number): void {
    this.#db.run(
      'UPDATE lock SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at IS NULL',
      now,
      by,
      id,
    )
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

  addTrust(kind: string, value: Buffer | string): void {
    this.#db.run('INSERT OR IGNORE INTO trust VALUES (?, ?)', kind, Buffer.from(value))
  }

  removeTrust(kind: string, value: Buffer | string): boolean {
    return this.#db.run('DELETE FROM trust WHERE kind = ? AND value = ?', kind, Buffer.from(value)) > 0
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

  close(): void {
    this.#db.close()
  }

  /** Writes something that can put `target` out, and that it did. */
  #changing(target: LockTarget, work: () => void): void {
    this.#db.together(() => {
      work()
      this.#db.run('INSERT INTO change (kind, target) VALUES (?, ?)', target.kind, target.id)
    })
  }
}
