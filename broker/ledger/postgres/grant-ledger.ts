import type { AuditSigner } from '../../audit/signer.ts'
import type { RequestLedger } from '../../requests/request-ledger.ts'
import { SqlLedger } from '../sql-ledger.ts'
import { placeOf, postgresAddress } from './address.ts'
import { unusable } from './failures.ts'
import { POSTGRES_STEPS } from './schema.ts'
import { PostgresSession, type PostgresOptions } from './session.ts'

/** Any number that no other program takes for a lock of its own: `gomeisa` in ASCII. */
const MIGRATION_LOCK = '29114438244725601'
/** The ones before get no fixes any more. */
const OLDEST = 130_000

/** A ledger that several brokers share. */
export interface SharedLedger extends RequestLedger {
  /** The time that all its brokers go by: the database's, in milliseconds since 1970. */
  now(): number
}

/**
 * Opens the ledger in PostgreSQL (13 or newer), and makes or updates its tables. The transactions of all brokers run one after
 * another there; each is on the server's disk when its promise is fulfilled. Throws `USAGE` for an address that is none,
 * `STORE_UNUSABLE` and `STORE_VERSION`; none of them holds the password.
 */
export async function openPostgresLedger(
  address: string,
  signer: AuditSigner,
  options: PostgresOptions = {},
): Promise<SharedLedger> {
  const read = postgresAddress(address)
  const session = new PostgresSession(read, options)
  try {
    await session.connect()
    await suits(session, placeOf(read))
    await migrate(session)
    const ledger = new PostgresLedger(session, signer)
    // The clock is known from here on.
    await ledger.auditHead()
    return ledger
  } catch (error) {
    await session.close()
    throw error
  }
}

class PostgresLedger extends SqlLedger implements SharedLedger {
  readonly #session: PostgresSession

  constructor(session: PostgresSession, signer: AuditSigner) {
    super(session, signer)
    this.#session = session
  }

  now(): number {
    return this.#session.now()
  }
}

/** A server that forgets what it has confirmed, or cannot hold every name, is no place for a ledger. */
async function suits(session: PostgresSession, place: string): Promise<void> {
  const ask = (name: string) => session.all('SELECT current_setting(?)', name)
  if (Number(await ask('server_version_num')) < OLDEST)
    throw unusable(place, 'it is older than PostgreSQL 13')
  if (String(await ask('fsync')) !== 'on') throw unusable(place, 'its setting fsync is off')
  if (String(await ask('server_encoding')) !== 'UTF8') throw unusable(place, 'its encoding is not UTF8')
}

async function migrate(session: PostgresSession): Promise<void> {
  await session.send('BEGIN')
  try {
    // Brokers that start at the same time do this one after another.
    await session.send(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    const there = async (sql: string) => (await session.all(sql))[0] === 'true'
    // Asked first: who may not create schemas can be given an empty one.
    if (!(await there(`SELECT to_regnamespace('gomeisa') IS NOT NULL`)))
      await session.send('CREATE SCHEMA gomeisa')
    await session.send('SET LOCAL search_path = gomeisa, pg_temp')
    const begun = await there(`SELECT to_regclass('gomeisa.ledger') IS NOT NULL`)
    const version = begun ? Number((await session.all('SELECT version FROM ledger FOR UPDATE'))[0]) : 0
    if (version > POSTGRES_STEPS.length) throw session.newer()
    for (const step of POSTGRES_STEPS.slice(version)) await session.send(step)
    if (version < POSTGRES_STEPS.length)
      await session.run('UPDATE ledger SET version = ?', POSTGRES_STEPS.length)
    // Of brokers that are gone: a transaction whose fate is asked for is minutes old at most.
    await session.run(`DELETE FROM writer WHERE at < now() - interval '1 day'`)
    await session.send('COMMIT')
  } catch (error) {
    await session.rollback()
    throw error
  }
}
