import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type QueryResult } from 'pg'
import { GomeisaError } from '../../../graph/index.ts'
import type { SqlDatabase } from '../sql-ledger.ts'
import type { SqlValue } from '../sql-transaction.ts'
import { placeOf, type PostgresAddress } from './address.ts'
import { ConnectionLost, failure, unusable } from './failures.ts'
import { POSTGRES_STEPS } from './schema.ts'

const STATEMENT_LIMIT = 10_000
/** Beyond that of the statement, no answer means that the server is gone. */
const ANSWER_MARGIN = 5_000
const CONNECT_LIMIT = 5_000
const LONGEST_WAIT = 1_000

export interface PostgresOptions {
  /** How long a transaction is tried anew while the server cannot be reached; 30 s unless told. Milliseconds. */
  readonly patience?: number
  /**
   * Milliseconds that one statement may take, waiting for the other brokers included, and that the server lets a transaction be
   * idle: a broker that hangs in the middle of one must not keep the others waiting for ever. 10 s unless told.
   */
  readonly limit?: number
}

/**
 * The row of `ledger` is locked first, so the transactions of all brokers run one after another: there is one chain of
 * records, and no two of them decide by the same state.
 */
const alone = (limit: number): readonly string[] => [
  'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE',
  'SET LOCAL search_path = gomeisa, pg_temp',
  `SET LOCAL statement_timeout = ${limit}`,
  `SET LOCAL lock_timeout = ${limit}`,
  `SET LOCAL idle_in_transaction_session_timeout = ${limit}`,
  // Durable means on the disk of this server at least; what the operator asks beyond that stays.
  `SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')`,
  'SELECT version FROM ledger FOR UPDATE',
]

const NOW = 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::text AS now'

/** One connection at a time to the ledger's database, made anew when it is lost. */
export class PostgresSession implements SqlDatabase {
  readonly #address: PostgresAddress
  readonly #place: string
  readonly #patience: number
  readonly #limit: number
  readonly #texts = new Map<string, string>()
  #client: Client | undefined
  /** Written with each transaction, and rises with each: by it the fate of one is known when no answer to COMMIT comes. */
  readonly #session = randomUUID()
  #mark = 0
  /** What the steady clock of this process must be given to be the time of the database. */
  #ahead = 0

  constructor(address: PostgresAddress, options: PostgresOptions = {}) {
    this.#address = address
    this.#place = placeOf(address)
    this.#patience = options.patience ?? 30_000
    this.#limit = options.limit ?? STATEMENT_LIMIT
  }

  /** Time of the database as of the last transaction, carried on by this process: its wall clock does not count. */
  now(): number {
    return Math.floor(this.#ahead + performance.now())
  }

  async begin(): Promise<void> {
    await this.connect()
    this.#mark++
    const marked = `INSERT INTO writer VALUES ('${this.#session}', ${this.#mark}, now())
      ON CONFLICT (session) DO UPDATE SET mark = excluded.mark, at = excluded.at`
    const results = await this.#several([...alone(this.#limit), marked, NOW])
    const [version, moment] = [results.at(-3)?.rows[0], results.at(-1)?.rows[0]]
    this.#ahead = Number(moment?.['now']) - performance.now()
    if (Number(version?.['version']) !== POSTGRES_STEPS.length) throw this.newer()
  }

  async commit(): Promise<void> {
    let result: QueryResult
    try {
      result = await this.send('COMMIT')
    } catch (error) {
      if (error instanceof ConnectionLost && (await this.#wasCommitted())) return
      throw error
    }
    if (result.command !== 'COMMIT') throw unusable(this.#place, 'the transaction was rolled back')
  }

  async rollback(): Promise<void> {
    if (this.#client === undefined) return
    await this.send('ROLLBACK').catch(() => {
      this.drop()
    })
  }

  mark = (): Promise<unknown> => this.send('SAVEPOINT one')
  keep = (): Promise<unknown> => this.send('RELEASE SAVEPOINT one')
  undo = (): Promise<unknown> => this.send('ROLLBACK TO SAVEPOINT one; RELEASE SAVEPOINT one')

  async again(error: unknown, since: number): Promise<boolean> {
    const passed = performance.now() - since
    if (!(error instanceof ConnectionLost) || passed > this.#patience) return false
    await sleep(Math.min(LONGEST_WAIT, 20 + passed / 4))
    return true
  }

  async run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return (await this.send(this.#numbered(sql), values)).rowCount ?? 0
  }

  async all(sql: string, ...values: readonly SqlValue[]): Promise<readonly string[]> {
    const { rows } = (await this.send(this.#numbered(sql), values)) as QueryResult<Record<string, unknown>>
    return rows.map((row) => String(Object.values(row)[0]))
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }

  /** Sends one statement, or several without values. Throws `STORE_UNUSABLE`; a `ConnectionLost` where it may be tried again. */
  async send(sql: string, values?: readonly SqlValue[]): Promise<QueryResult> {
    const client = this.#client
    // Nothing of a transaction may reach another connection than the one that it was begun on.
    if (client === undefined) throw failure(this.#place, undefined)
    try {
      return await (values === undefined ? client.query(sql) : client.query(sql, [...values]))
    } catch (cause) {
      const told = failure(this.#place, cause)
      if (told instanceof ConnectionLost) this.drop()
      throw told
    }
  }

  drop(): void {
    const client = this.#client
    this.#client = undefined
    client?.end().catch(() => undefined)
  }

  newer(): GomeisaError {
    const text = `the ledger in PostgreSQL at \`${this.#place}\` was written by a newer version of Gomeisa`
    return new GomeisaError('STORE_VERSION', text, { remedy: 'update Gomeisa' })
  }

  /** Makes a connection unless there is one. */
  async connect(): Promise<void> {
    if (this.#client !== undefined) return
    const { host, port, database, user, password, tls } = this.#address
    const client = new Client({
      ...{ host, port, database, user, password },
      ssl: tls === undefined ? false : { ...(tls.ca !== undefined && { ca: tls.ca }), host },
      connectionTimeoutMillis: CONNECT_LIMIT,
      query_timeout: this.#limit + ANSWER_MARGIN,
      keepAlive: true,
      application_name: 'gomeisa',
    })
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined
    })
    try {
      await client.connect()
    } catch (cause) {
      client.end().catch(() => undefined)
      throw failure(this.#place, cause)
    }
    this.#client = client
  }

  /** Sends several statements in one round trip. */
  async #several(statements: readonly string[]): Promise<readonly QueryResult<Record<string, string>>[]> {
    return (await this.send(statements.join('; '))) as unknown as readonly QueryResult<
      Record<string, string>
    >[]
  }

  /**
   * After an answer that never came. The lock is had when the transaction has ended, whichever way. Its number would not
   * do: after a crash the server gives the numbers of those of which nothing had reached the disk to others.
   * Throws where it stays unknown: then nobody may say that nothing was written.
   */
  async #wasCommitted(): Promise<boolean> {
    const since = performance.now()
    const ask = `SELECT mark::text AS mark FROM writer WHERE session = '${this.#session}'`
    while (performance.now() - since < this.#patience) {
      try {
        await this.connect()
        const results = await this.#several([...alone(this.#limit), ask, 'ROLLBACK'])
        return results.at(-2)?.rows[0]?.['mark'] === String(this.#mark)
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
      }
      await sleep(100)
    }
    throw unusable(this.#place, 'whether the last transaction was written is not known')
  }

  /** `?` as `$1`, `$2`, …; there is no `?` in a text of ours. */
  #numbered(sql: string): string {
    const known = this.#texts.get(sql)
    if (known !== undefined) return known
    let n = 0
    const text = sql.replace(/\?/g, () => `$${(n += 1)}`)
    this.#texts.set(sql, text)
    return text
  }
}
