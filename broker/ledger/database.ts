import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { GomeisaError } from '../../graph/index.ts'

/** Milliseconds that a writer waits for another process. */
const PATIENCE = 5_000

export type Row = Record<string, SQLOutputValue>

/** One connection to a file of the ledger, with statements that are prepared once. What fails throws `STORE_UNUSABLE`. */
export class LedgerDatabase {
  readonly #db: DatabaseSync
  readonly #file: string
  readonly #statements = new Map<string, StatementSync>()

  /**
   * Opens one SQLite file with a write-ahead log, synced at every commit, which only the owner can read. `steps` are what each
   * version of its tables added to the one before. Throws `STORE_UNUSABLE` when it cannot be opened, `STORE_VERSION` when a
   * newer Gomeisa wrote it.
   */
  constructor(file: string, steps: readonly string[]) {
    this.#file = file
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      this.#db = prepare(file, steps)
    } catch (cause) {
      throw unusable(file, cause)
    }
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  /** All of `work`, or nothing of it. */
  together<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.run('COMMIT')
      return result
    } catch (error) {
      this.undo('ROLLBACK')
      throw error
    }
  }

  get isTransaction(): boolean {
    return this.#db.isTransaction
  }

  /** Takes back after a failure, which is what is told of: what fails here is thrown as it comes. */
  undo(sql: string): void {
    this.#db.exec(sql)
  }

  /** Rows that changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return this.#attempt(() => Number(this.#statement(sql).run(...values).changes))
  }

  get<T>(sql: string, read: (row: Row) => T, ...values: readonly SQLInputValue[]): T | undefined {
    return this.#attempt(() => {
      const row = this.#statement(sql).get(...values)
      return row === undefined ? undefined : read(row)
    })
  }

  all<T>(sql: string, read: (row: Row) => T, ...values: readonly SQLInputValue[]): T[] {
    return this.#attempt(() =>
      this.#statement(sql)
        .all(...values)
        .map(read),
    )
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

function prepare(file: string, steps: readonly string[]): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: PATIENCE })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    chmodSync(file, 0o600)
    db.exec('BEGIN IMMEDIATE')
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
    if (version > steps.length) {
      throw new GomeisaError('STORE_VERSION', `\`${file}\` was written by a newer version of Gomeisa`, {
        remedy: 'update Gomeisa, or use another data directory with --data',
      })
    }
    for (const step of steps.slice(version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${steps.length}`)
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
