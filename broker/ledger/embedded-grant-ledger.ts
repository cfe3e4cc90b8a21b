import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { GomeisaError } from '../../graph/index.ts'
import {
  CHECKPOINT,
  follow,
  GENESIS,
  readRecord,
  recordLine,
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
} from '../audit/record.ts'
import { checkpoint, type AuditSigner } from '../audit/signer.ts'
import { hasEnded, type Access, type Grant } from '../grants/grant.ts'
import type { AccessRequest } from '../requests/request.ts'
import type { RequestLedger, RequestTransaction } from '../requests/request-ledger.ts'
import { accessOf, documentOf, grantOf } from './grant-rows.ts'
import { GRANT_LEDGER_SCHEMA, GRANT_LEDGER_VERSION, REQUEST_SCHEMA } from './grant-schema.ts'
import { GroupCommit } from './group-commit.ts'
import { requestOf } from './request-rows.ts'

/** Milliseconds that a writer waits for another process. */
const PATIENCE = 5_000
/** A checkpoint follows at the latest after so many records. */
const SIGN_EVERY = 256

/**
 * Opens the ledger of grants and requests: one SQLite file with a write-ahead log, synced at every commit, which only the owner can read.
 * Throws `STORE_UNUSABLE` when it cannot be opened, `STORE_VERSION` when a newer Gomeisa wrote it.
 */
export function openGrantLedger(file: string, signer: AuditSigner): RequestLedger {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return new EmbeddedGrantLedger(prepare(file), file, signer)
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

class EmbeddedGrantLedger implements RequestLedger {
  readonly #db: DatabaseSync
  readonly #file: string
  readonly #signer: AuditSigner
  readonly #commits: GroupCommit
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync, file: string, signer: AuditSigner) {
    this.#db = db
    this.#file = file
    this.#signer = signer
    this.#commits = new GroupCommit({
      begin: () => this.#run('BEGIN IMMEDIATE'),
      commit: () => this.#run('COMMIT'),
      rollback: () => {
        if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      },
      mark: () => this.#run('SAVEPOINT one'),
      keep: () => this.#run('RELEASE one'),
      undo: () => this.#db.exec('ROLLBACK TO one; RELEASE one'),
    })
  }

  transact<T>(work: (tx: RequestTransaction) => Promise<T>): Promise<T> {
    return this.#commits.add(() => work(this.#transaction))
  }

  auditHead(): Promise<AuditHead> {
    return this.#commits.add(async () => Promise.resolve(this.#head()))
  }

  auditRecords(seq: number, limit: number): Promise<readonly AuditRecord[]> {
    return this.#commits.add(async () =>
      Promise.resolve(
        this.#all('SELECT record FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?', seq, limit).map(sound),
      ),
    )
  }

  checkpoint(at: number): Promise<AuditHead> {
    return this.#commits.add(async () => {
      const head = this.#head()
      if (head.seq > 0 && head.event !== CHECKPOINT) this.#append(checkpoint(head, at, this.#signer))
      return Promise.resolve(this.#head())
    })
  }

  async close(): Promise<void> {
    await this.#commits.close()
    this.#statements.clear()
    this.#db.close()
  }

  readonly #transaction: RequestTransaction = {
    grant: async (id) =>
      Promise.resolve(this.#all('SELECT document FROM grant_row WHERE id = ?', id).map(grantOf)[0]),
    insert: async (grant) => {
      this.#run('INSERT INTO grant_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)', grant.id, ...columns(grant))
      return Promise.resolve()
    },
    update: async (grant) => {
      const next: Grant = { ...grant, version: grant.version + 1 }
      const sql =
        'UPDATE grant_row SET person = ?, access = ?, living = ?, due_at = ?, starts_at = ?, version = ?, document = ? ' +
        'WHERE id = ? AND version = ?'
      return Promise.resolve(
        this.#run(sql, ...columns(next), grant.id, grant.version) === 1 ? next : undefined,
      )
    },
    living: async (access) =>
      Promise.resolve(
        this.#all('SELECT document FROM grant_row WHERE access = ? AND living = 1 ORDER BY id', access).map(
          grantOf,
        ),
      ),
    due: async (now, limit) =>
      Promise.resolve(
        this.#all(
          'SELECT id FROM grant_row WHERE living = 1 AND due_at <= ? ORDER BY due_at, id LIMIT ?',
          now,
          limit,
        ),
      ),
    grants: async (person) => {
      const order = 'ORDER BY starts_at DESC, id'
      const rows =
        person === undefined
          ? this.#all(`SELECT document FROM grant_row ${order}`)
          : this.#all(`SELECT document FROM grant_row WHERE person = ? ${order}`, person)
      return Promise.resolve(rows.map(grantOf))
    },
    access: async (key) =>
      Promise.resolve(this.#all('SELECT document FROM access WHERE key = ?', key).map(accessOf)[0]),
    putAccess: async (access: Access) => {
      const sql =
        'INSERT INTO access VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET document = excluded.document'
      this.#run(sql, access.key, documentOf(access))
      return Promise.resolve()
    },
    dropAccess: async (key) => {
      this.#run('DELETE FROM access WHERE key = ?', key)
      return Promise.resolve()
    },
    request: async (id) =>
      Promise.resolve(this.#all('SELECT document FROM request WHERE id = ?', id).map(requestOf)[0]),
    insertRequest: async (request) => {
      this.#run('INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?)', request.id, ...requestColumns(request))
      return Promise.resolve()
    },
    updateRequest: async (request) => {
      const next: AccessRequest = { ...request, version: request.version + 1 }
      const sql =
        'UPDATE request SET person = ?, state = ?, asked_at = ?, grant_id = ?, version = ?, document = ? ' +
        'WHERE id = ? AND version = ?'
      return Promise.resolve(
        this.#run(sql, ...requestColumns(next), request.id, request.version) === 1 ? next : undefined,
      )
    },
    openRequests: async () =>
      Promise.resolve(
        this.#all("SELECT document FROM request WHERE state = 'awaiting' ORDER BY asked_at, id").map(
          requestOf,
        ),
      ),
    requestsOf: async (person, limit) => {
      const sql = 'SELECT document FROM request WHERE person = ? ORDER BY asked_at DESC, id LIMIT ?'
      return Promise.resolve(this.#all(sql, person, limit).map(requestOf))
    },
    requestsOfGrant: async (grant) => {
      const sql = 'SELECT document FROM request WHERE grant_id = ? ORDER BY asked_at DESC, id'
      return Promise.resolve(this.#all(sql, grant).map(requestOf))
    },
    audit: async (entry: AuditEntry) => {
      const record = follow(this.#head(), entry)
      this.#append(record)
      if ((record.seq + 1) % SIGN_EVERY === 0) this.#append(checkpoint(record, entry.at, this.#signer))
      return Promise.resolve()
    },
  }

  #append(record: AuditRecord): void {
    this.#run('INSERT INTO audit VALUES (?, ?)', record.seq, recordLine(record))
  }

  #head(): AuditHead & { readonly event?: string } {
    return this.#all('SELECT record FROM audit ORDER BY seq DESC LIMIT 1').map(sound)[0] ?? GENESIS
  }

  /** The first column of each row. */
  #all(sql: string, ...values: readonly SQLInputValue[]): string[] {
    return this.#attempt(() =>
      this.#statement(sql)
        .all(...values)
        .map((row) => String(Object.values(row)[0])),
    )
  }

  /** Rows that changed. */
  #run(sql: string, ...values: readonly SQLInputValue[]): number {
    return this.#attempt(() => Number(this.#statement(sql).run(...values).changes))
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

const columns = (grant: Grant): readonly SQLInputValue[] => [
  grant.person,
  grant.access,
  hasEnded(grant.state) ? 0 : 1,
  grant.dueAt,
  grant.startsAt,
  grant.version,
  documentOf(grant),
]

const requestColumns = (request: AccessRequest): readonly SQLInputValue[] => [
  request.person,
  request.state,
  request.askedAt,
  request.grant ?? null,
  request.version,
  documentOf(request),
]

function sound(line: string): AuditRecord {
  const record = readRecord(line)
  if (record !== undefined) return record
  throw new GomeisaError('STORE_UNUSABLE', 'the ledger is damaged: a record of the log cannot be read', {
    remedy: 'keep the file; `gomeisa audit verify` says what was changed in the newest export',
  })
}
