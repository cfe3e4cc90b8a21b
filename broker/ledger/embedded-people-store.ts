import type { About } from '../audit/notes.ts'
import type { AuditEntry } from '../audit/record.ts'
import type { PeopleStore, SessionChoice, Spent } from '../people/people-store.ts'
import type { Once, OnceKind, Passkey, Person, Session } from '../people/person.ts'
import type { PresenceRecord } from '../people/presence-record.ts'
import { LedgerDatabase } from './database.ts'
import { LedgerNotes } from './notes.ts'
import { onceOf, passkeyOf, personOf, presenceOf, sessionOf } from './people-rows.ts'
import { LEDGER_STEPS } from './schema.ts'

/** Opens the broker's memory of people in its ledger; see `LedgerDatabase` for what it throws. */
export function openPeopleStore(file: string): PeopleStore {
  return new EmbeddedPeopleStore(new LedgerDatabase(file, LEDGER_STEPS))
}

/** What is over is kept for a day, so that a second use can be told from an invention. */
const KEPT = 24 * 3_600_000

class EmbeddedPeopleStore implements PeopleStore {
  readonly #db: LedgerDatabase
  readonly #notes: LedgerNotes

  constructor(db: LedgerDatabase) {
    this.#db = db
    this.#notes = new LedgerNotes(db)
  }

  addPerson(person: Person, by: string): Person {
    const { name, kind, subject, addedAt } = person
    const sql = 'INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?)'
    this.#notes.noting(
      { by, at: addedAt },
      'person.added',
      { person: name, kind, subject: subject ?? null },
      () => this.#db.run(sql, name, kind, subject ?? null, addedAt),
    )
    return this.person(name) ?? person
  }

  pinSubject(name: string, subject: string, now: number): boolean {
    const sql = 'UPDATE person SET subject = ? WHERE name = ? AND subject IS NULL'
    this.#notes.noting({ by: name, at: now }, 'person.linked', { person: name, subject }, () =>
      this.#db.run(sql, subject, name),
    )
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
    const { id: passkey, person, place, custody, aaguid, addedAt } = key
    return this.#notes.noting(
      { by: person, at: addedAt },
      'passkey.added',
      { passkey, person, place, custody, aaguid },
      () =>
        this.#db.run(
          sql,
          ...[key.id, key.person, key.place, key.rpId, key.cose, key.spki, key.algorithm, key.counter],
          ...[key.custody, Number(key.backedUp), key.aaguid, key.addedAt],
        ),
    )
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

  revokePasskey(id: string, because: string, about: About): void {
    const sql = 'UPDATE passkey SET revoked_at = ?, revoked_because = ? WHERE id = ? AND revoked_at IS NULL'
    this.#notes.noting(about, 'passkey.revoked', { passkey: id, because }, () =>
      this.#db.run(sql, about.at, because, id),
    )
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

  note(entry: Omit<AuditEntry, 'grant'>): void {
    this.#notes.note(entry)
  }

  close(): void {
    this.#db.close()
  }

  #once(kind: OnceKind, hash: string) {
    return this.#db.get('SELECT * FROM once WHERE kind = ? AND hash = ?', onceOf, kind, hash)
  }
}
