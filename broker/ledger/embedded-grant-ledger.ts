import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { GomeisaError } from '../../graph/index.ts'
import type { AuditSigner } from '../audit/signer.ts'
import type { RequestLedger } from '../requests/request-ledger.ts'
import { GRANT_LEDGER_SCHEMA, GRANT_LEDGER_VERSION, NOTED_SCHEMA, REQUEST_SCHEMA } from './grant-schema.ts'
import { SqlLedger, type SqlDatabase } from './sql-ledger.ts'
import type { SqlValue } from './sql-transaction.ts'

/** Milliseconds that a writer waits for another process. */
const PATIENCE = 5_000

/**
 * Opens the ledger of grants and requests: one SQLite file with a write-ahead log, synced at every commit, which only the owner can read.
 * Throws `STORE_UNUSABLE` when it cannot be opened, `STORE_VERSION` when a newer Gomeisa wrote it.
 */
export function openGrantLedger(file: string, signer: AuditSigner): RequestLedger {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return new SqlLedger(new SqliteDatabase(prepare(file), file), signer)
  } catch (cause) {
    throw unusable(file, cause)
  }
}

function prepare(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: PATIENCE })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    chmodSync(file, 0o600)
    db.exec('BEGIN IMMEDIATE')
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
    if (version > GRANT_LEDGER_VERSION) {
      throw new GomeisaError('STORE_VERSION', `\`${file}\` was written by a newer version of Gomeisa`, {
        remedy: 'update Gomeisa, or use another data directory with --data',
      })
    }
    if (version === 0) db.exec(GRANT_LEDGER_SCHEMA)
    if (version < 2) db.exec(REQUEST_SCHEMA)
    if (version < 3) db.exec(NOTED_SCHEMA)
    db.exec(`PRAGMA user_version = ${GRANT_LEDGER_VERSION}`)
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

/** One connection; statements are prepared once. */
class SqliteDatabase implements SqlDatabase {
  readonly #db: DatabaseSync
  readonly #file: string
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync, file: string) {
    this.#db = db
    this.#file = file
  }

  begin(): void {
    this.run('BEGIN IMMEDIATE')
  }

  commit(): void {
    this.run('COMMIT')
  }

  rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
  }

  mark(): void {
    this.run('SAVEPOINT one')
  }

  keep(): void {
    this.run('RELEASE one')
  }

  undo(): void {
    this.#db.exec('ROLLBACK TO one; RELEASE one')
  }

  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#attempt(() => Number(this.#statement(sql).run(...values).changes))
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly string[] {
    return this.#attempt(() =>
      this.#statement(sql)
        .all(...values)
        .map((row) => String(Object.values(row)[0])),
    )
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const made = this.#db.prepare(sql)
    this.#statements.set(sql, made)
    return made
  }

  #attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (cause) {
      throw unusable(this.#file, cause)
    }
  }
}
