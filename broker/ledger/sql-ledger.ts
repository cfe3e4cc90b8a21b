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
import type { RequestLedger, RequestTransaction } from '../requests/request-ledger.ts'
import { GroupCommit, type Commits } from './group-commit.ts'
import { sqlTransaction, type SqlStatements } from './sql-transaction.ts'

/** A checkpoint follows at the latest after so many records. */
const SIGN_EVERY = 256

/** A database as the ledger needs it: one transaction at a time, and nobody else's beside it. */
export interface SqlDatabase extends Commits, SqlStatements {
  close(): unknown
}

/** The ledger over a database that speaks SQL; every call is a transaction, which shares its commit with those that wait too. */
export class SqlLedger implements RequestLedger {
  readonly #db: SqlDatabase
  readonly #signer: AuditSigner
  readonly #commits: GroupCommit
  readonly #transaction: RequestTransaction

  constructor(db: SqlDatabase, signer: AuditSigner) {
    this.#db = db
    this.#signer = signer
    this.#commits = new GroupCommit(db)
    this.#transaction = { ...sqlTransaction(db), audit: (entry) => this.#audit(entry) }
  }

  transact<T>(work: (tx: RequestTransaction) => Promise<T>): Promise<T> {
    return this.#commits.add(() => work(this.#transaction))
  }

  auditHead(): Promise<AuditHead> {
    return this.#commits.add(() => this.#head())
  }

  auditRecords(seq: number, limit: number): Promise<readonly AuditRecord[]> {
    const sql = 'SELECT record FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?'
    return this.#commits.add(async () => (await this.#db.all(sql, seq, limit)).map(sound))
  }

  checkpoint(at: number): Promise<AuditHead> {
    return this.#commits.add(async () => {
      const head = await this.#head()
      if (head.seq > 0 && head.event !== CHECKPOINT) await this.#append(checkpoint(head, at, this.#signer))
      return this.#head()
    })
  }

  async close(): Promise<void> {
    await this.#commits.close()
    await this.#db.close()
  }

  async #audit(entry: AuditEntry): Promise<void> {
    const record = follow(await this.#head(), entry)
    await this.#append(record)
    if ((record.seq + 1) % SIGN_EVERY === 0) await this.#append(checkpoint(record, entry.at, this.#signer))
  }

  async #append(record: AuditRecord): Promise<void> {
    await this.#db.run('INSERT INTO audit VALUES (?, ?)', record.seq, recordLine(record))
  }

  async #head(): Promise<AuditHead & { readonly event?: string }> {
    const rows = await this.#db.all('SELECT record FROM audit ORDER BY seq DESC LIMIT 1')
    return rows.map(sound)[0] ?? GENESIS
  }
}

function sound(line: string): AuditRecord {
  const record = readRecord(line)
  if (record !== undefined) return record
  throw new GomeisaError('STORE_UNUSABLE', 'the ledger is damaged: a record of the log cannot be read', {
    remedy: 'keep the ledger; `gomeisa audit verify` says what was changed in the newest export',
  })
}
