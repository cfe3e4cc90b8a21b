import { isObject, type JsonObject } from '../../graph/index.ts'
import type { About, Note, NoteSource } from '../audit/notes.ts'
import type { AuditEntry } from '../audit/record.ts'
import { withoutSecrets } from '../audit/without-secrets.ts'
import type { LedgerDatabase, Row } from './database.ts'
import { damaged, number, text } from './rows.ts'

/** The notes in a ledger's file; what is written within `together` stands or falls with the rest of it. */
export class LedgerNotes implements NoteSource {
  readonly #db: LedgerDatabase

  constructor(db: LedgerDatabase) {
    this.#db = db
  }

  notesId(): string {
    const id = this.#db.get('SELECT id FROM note_source', (row) => text(row, 'id'))
    if (id === undefined) throw damaged('id')
    return id
  }

  notes(seq: number, limit: number): readonly Note[] {
    return this.#db.all('SELECT * FROM note WHERE seq > ? ORDER BY seq LIMIT ?', noteOf, seq, limit)
  }

  note({ at, actor, event, detail }: Omit<AuditEntry, 'grant'>): void {
    this.#db.run(
      'INSERT INTO note (at, actor, event, detail) VALUES (?, ?, ?, ?)',
      ...[at, actor, event, JSON.stringify(withoutSecrets(detail))],
    )
  }

  /** Writes something, which gives the rows it changed, together with a note of it; without one when there are none, which is told. */
  noting({ by: actor, at }: About, event: string, detail: JsonObject, work: () => number): boolean {
    return this.#db.together(() => {
      const changed = work() > 0
      if (changed) this.note({ at, actor, event, detail })
      return changed
    })
  }
}

function noteOf(row: Row): Note {
  return {
    seq: number(row, 'seq'),
    at: number(row, 'at'),
    actor: text(row, 'actor'),
    event: text(row, 'event'),
    detail: detailOf(text(row, 'detail')),
  }
}

function detailOf(json: string): JsonObject {
  const read: unknown = JSON.parse(json)
  if (!isObject(read)) throw damaged('detail')
  return read
}
