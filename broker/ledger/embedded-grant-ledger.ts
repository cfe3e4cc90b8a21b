import type { AuditSigner } from '../audit/signer.ts'
import type { RequestLedger } from '../requests/request-ledger.ts'
import { LedgerDatabase } from './database.ts'
import { GRANT_LEDGER_STEPS } from './grant-schema.ts'
import { SqlLedger, type SqlDatabase } from './sql-ledger.ts'
import type { SqlValue } from './sql-transaction.ts'

/** Opens the ledger of grants and requests in a file; see `LedgerDatabase` for what it throws. */
export function openGrantLedger(file: string, signer: AuditSigner): RequestLedger {
  return new SqlLedger(new SqliteDatabase(new LedgerDatabase(file, GRANT_LEDGER_STEPS)), signer)
}

/** A file of SQLite as the ledger needs it. */
class SqliteDatabase implements SqlDatabase {
  readonly #db: LedgerDatabase

  constructor(db: LedgerDatabase) {
    this.#db = db
  }

  begin(): void {
    this.run('BEGIN IMMEDIATE')
  }

  commit(): void {
    this.run('COMMIT')
  }

  rollback(): void {
    if (this.#db.isTransaction) this.#db.undo('ROLLBACK')
  }

  mark(): void {
    this.run('SAVEPOINT one')
  }

  keep(): void {
    this.run('RELEASE one')
  }

  undo(): void {
    this.#db.undo('ROLLBACK TO one; RELEASE one')
  }

  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#db.run(sql, ...values)
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly string[] {
    return this.#db.all(sql, (row) => String(Object.values(row)[0]), ...values)
  }

  close(): void {
    this.#db.close()
  }
}
