import type { PeopleStore, SessionChoice, Spent } from '../people/people-store.ts'
import type { Once, OnceKind, Passkey, Person, Session } from '../people/person.ts'
import type { PresenceRecord } from '../people/presence-record.ts'
import { LedgerDatabase } from './database.ts'
import { onceOf, passkeyOf, personOf, presenceOf, sessionOf } from './people-rows.ts'

/** Opens the broker's memory of people in its ledger; see `LedgerDatabase` for what it throws. */
export function openPeopleStore(file: string): PeopleStore {
  return new EmbeddedPeopleStore(new LedgerDatabase(file))
}

/** What is over is kept for a day, so that a second use can be told from an invention. */
const KEPT = 24 * 3_600_000

class EmbeddedPeopleStore implements PeopleStore {
  readonly #db: LedgerDatabase

  constructor(db: LedgerDatabase) {
    this.#db = db
  }

  addPerson(person: Person): Person {
    const { name, kind, subject, addedAt } = person
    this.#db.run('INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?)', name, kind, subject ?? null, addedAt)
    return this.person(name) ?? person
  }

  pinSubject(name: string, subject: string): boolean {
    this.#db.run('UPDATE person SET subject = ? WHERE name = ? AND subject IS NULL', subject, name)
    return this.person(name)?.subject === subject
  }

  person(name: string): Person | undefined {
    return this.#db.get('SELECT * FROM person WHERE name = ?', personOf, name)
  }

  people(): readonly Person[] {
    return this.#db.all('SELECT * FROM person ORDER BY name', personOf)
  }

  addPasskey(key: Passkey): boolean {
    const sql = 'INSERT OR IGNORE INTO passkey VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)'
    const added = this.#db.run(
      sql,
      ...[key.id, key.person, key.place, key.rpId, key.cose, key.spki, key.algorithm, key.counter],
      ...[key.custody, Number(key.backedUp), key.aaguid, key.addedAt],
    )
    return added === 1
  }

  passkey(id: string): Passkey | undefined {
    return this.#db.get('SELECT * FROM passkey WHERE id = ?', passkeyOf, id)
  }

  passkeys(person: string): readonly Passkey[] {
    return this.#db.all('SELECT * FROM passkey WHERE person = ? ORDER BY added_at, id', passkeyOf, person)
  }

  countPasskey(id: string, from: number, to: number): boolean {
    const sql = 'UPDATE passkey SET counter = ? WHERE id = ? AND counter = ? AND revoked_at IS NULL'
    return this.#db.run(sql, to, id, from) === 1
  }

  revokePasskey(id: string, because: string, now: number): void {
    const sql = 'UPDATE passkey SET revoked_at = ?, revoked_because = ? WHERE id = ? AND revoked_at IS NULL'
    this.#db.run(sql, now, because, id)
  }

  addSession(session: Session): void {
    const { hash, person, device, login, subject, sid, acr, begunAt, endsAt } = session
    this.#db.run(
      'INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
      ...[hash, person, device, login, subject ?? null, sid ?? null, acr ?? null, begunAt, endsAt],
    )
  }

  session(hash: string): Session | undefined {
    return this.#db.get('SELECT * FROM session WHERE hash = ?', sessionOf, hash)
  }

  endSessions(which: SessionChoice, because: string, now: number): number {
    const sql = 'UPDATE session SET ended_at = ?, ended_because = ? WHERE ended_at IS NULL AND '
    if ('hash' in which) return this.#db.run(`${sql} hash = ?`, now, because, which.hash)
    const { subject, sid, begunBefore } = which
    const all = `${sql} subject = ? AND begun_at < ?`
    if (sid === undefined) return this.#db.run(all, now, because, subject, begunBefore)
    return this.#db.run(`${all} AND sid = ?`, now, because, subject, begunBefore, sid)
  }

  keep(once: Once): void {
    const { kind, hash, fields, expiresAt } = once
    this.#db.run(
      'INSERT INTO once VALUES (?, ?, ?, ?, 0, NULL)',
      ...[kind, hash, JSON.stringify(fields), expiresAt],
    )
  }

  peek(kind: OnceKind, hash: string, now: number): Once | undefined {
    const found = this.#once(kind, hash)
    return found === undefined || found.spentAt !== undefined || found.expiresAt <= now ? undefined : found
  }

  spend(kind: OnceKind, hash: string, now: number): Spent {
    return this.#db.together(() => {
      this.#db.run('DELETE FROM once WHERE expires_at < ?', now - KEPT)
      const found = this.#once(kind, hash)
      if (found === undefined) return 'unknown'
      if (found.spentAt !== undefined) return 'spent'
      this.#db.run('UPDATE once SET spent_at = ? WHERE kind = ? AND hash = ?', now, kind, hash)
      return found.expiresAt > now ? found : 'expired'
    })
  }

  tryOnce(kind: OnceKind, hash: string, most: number): boolean {
    const sql = 'UPDATE once SET tries = tries + 1 WHERE kind = ? AND hash = ? AND tries < ?'
    return this.#db.run(sql, kind, hash, most) === 1
  }

  addPresence(record: PresenceRecord): boolean {
    const counter = Buffer.from(record.authenticatorData, 'base64url').readUInt32BE(33)
    return this.#db.together(() => {
      if (!this.countPasskey(record.passkey.id, record.passkey.counter, counter)) return false
      const { id, person, decision, request, place, nonce, shownAt } = record
      this.#db.run(
        'INSERT INTO presence VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        ...[id, person, decision, request, place, nonce, JSON.stringify(record), shownAt],
      )
      return true
    })
  }

  presence(id: string): PresenceRecord | undefined {
    return this.#db.get('SELECT * FROM presence WHERE id = ?', presenceOf, id)
  }

  presences(person: string, decision: string, request: string): readonly PresenceRecord[] {
    const sql =
      'SELECT * FROM presence WHERE person = ? AND decision = ? AND request = ? ORDER BY shown_at DESC, id LIMIT 100'
    return this.#db.all(sql, presenceOf, person, decision, request)
  }

  close(): void {
    this.#db.close()
  }

  #once(kind: OnceKind, hash: string) {
    return this.#db.get('SELECT * FROM once WHERE kind = ? AND hash = ?', onceOf, kind, hash)
  }
}
