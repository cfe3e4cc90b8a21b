import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordLine } from '../../broker/audit/record.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import { openPostgresLedger, type SharedLedger } from '../../broker/ledger/postgres/grant-ledger.ts'
import { CuttingProxy } from '../fakes/postgres/cutting-proxy.ts'
import { PostgresServer, postgresPrograms } from '../fakes/postgres/server.ts'
import { grantLedgerContract, someGrant } from '../contract/grant-ledger.ts'
import { requestLedgerContract } from '../contract/request-ledger.ts'
import { auditKeys, signer } from './grants-world.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('the ledger in PostgreSQL', { timeout: 60_000 }, () => {
  let server: PostgresServer
  let database = ''
  beforeAll(async () => {
    server = await PostgresServer.start(programs ?? '')
  }, 60_000)
  afterAll(() => server.stop())
  beforeEach(async () => {
    database = await server.database()
  })
  const open = (patience?: number) =>
    openPostgresLedger(server.address(database), signer, { ...(patience !== undefined && { patience }) })
  const both = async (use: (one: SharedLedger, other: SharedLedger) => Promise<void>) => {
    const [one, other] = await Promise.all([open(), open()])
    try {
      await use(one, other)
    } finally {
      await Promise.all([one.close(), other.close()])
    }
  }

  describe('keeps the contracts', () => {
    grantLedgerContract(open)
    requestLedgerContract(open)
  })

  it('keeps one chain under two brokers that write at the same time', () =>
    both(async (one, other) => {
      const works = Array.from({ length: 400 }, (_, n) =>
        (n % 2 === 0 ? one : other).transact(async (tx) => {
          await tx.insert(someGrant(`g${n}`))
          await tx.audit({ at: n, actor: 'ana', event: 'e', grant: `g${n}`, detail: {} })
        }),
      )
      await Promise.all(works)
      await one.checkpoint(1)
      const records = await other.auditRecords(1, 1_000)
      expect(records.filter(({ event }) => event === 'e')).toHaveLength(400)
      const text = records.map((record) => `${recordLine(record)}\n`).join('')
      expect(verifyAudit(text, { keys: auditKeys }).faults).toEqual([])
    }))

  it('lets one of two brokers through that change one version', () =>
    both(async (one, other) => {
      await one.transact((tx) => tx.insert(someGrant('a')))
      const writers = Array.from({ length: 60 }, (_, n) =>
        (n % 2 === 0 ? one : other).transact((tx) => tx.update(someGrant('a', { trouble: String(n) }))),
      )
      expect((await Promise.all(writers)).filter((each) => each !== undefined)).toHaveLength(1)
    }))

  it('shows no transaction half done to another broker', () =>
    both(async (one, other) => {
      let sums: number[] = []
      const moving = Array.from({ length: 40 }, (_, n) =>
        one.transact(async (tx) => {
          await tx.insert(someGrant(`a${n}`))
          await tx.insert(someGrant(`b${n}`))
        }),
      )
      const looking = Array.from({ length: 40 }, async () => {
        sums = [...sums, (await other.transact((tx) => tx.grants())).length]
      })
      await Promise.all([...moving, ...looking])
      expect(sums.filter((sum) => sum % 2 === 1)).toEqual([])
    }))

  it('lets nobody change, delete or empty the log', async () => {
    const ledger = await open()
    await ledger.transact((tx) => tx.audit({ at: 0, actor: 'a', event: 'e', detail: {} }))
    for (const sql of [
      "UPDATE gomeisa.audit SET record = ''",
      'DELETE FROM gomeisa.audit',
      'TRUNCATE gomeisa.audit',
    ]) {
      await expect(server.ask(database, sql)).rejects.toThrow('only be added to')
    }
    await ledger.close()
  })

  it('goes by the clock of the database, whatever the clocks of the brokers say', async () => {
    const own = Date.now
    try {
      Date.now = () => own() - 600_000
      const slow = await open()
      Date.now = () => own() + 600_000
      const fast = await open()
      expect(Math.abs(slow.now() - fast.now())).toBeLessThan(2_000)
      expect(Math.abs(slow.now() - own())).toBeLessThan(2_000)
      await Promise.all([slow.close(), fast.close()])
    } finally {
      Date.now = own
    }
  })

  it('finishes over a server that is killed and comes back, without doing anything twice', async () => {
    const ledger = await open()
    let done = 0
    const works = Array.from({ length: 300 }, async (_, n) => {
      // Not all in one commit.
      await new Promise((resolve) => setTimeout(resolve, n * 5))
      await ledger.transact(async (tx) => {
        await tx.insert(someGrant(`g${n}`))
        await tx.audit({ at: n, actor: 'ana', event: 'e', grant: `g${n}`, detail: {} })
      })
      done++
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const before = done
    await server.crash()
    await server.start()
    await Promise.all(works)
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(300)
    await ledger.checkpoint(1)
    const records = await ledger.auditRecords(1, 1_000)
    expect(records.filter(({ event }) => event === 'e')).toHaveLength(300)
    expect(verifyAudit(records.map((record) => `${recordLine(record)}\n`).join('')).faults).toEqual([])
    await ledger.close()
  })

  it.each(['before', 'after'] as const)(
    'knows what became of a commit when it is cut off %s',
    async (cut) => {
      const proxy = await CuttingProxy.start(server.port)
      const direct = server.address(database)
      const ledger = await openPostgresLedger(direct.replace(`:${server.port}/`, `:${proxy.port}/`), signer)
      await ledger.transact((tx) => tx.insert(someGrant('a')))
      void proxy.cutNext(cut)
      let runs = 0
      const works = ['b', 'c'].map((id) =>
        ledger.transact(async (tx) => {
          runs++
          await tx.insert(someGrant(id))
          await tx.audit({ at: 0, actor: 'ana', event: 'e', grant: id, detail: {} })
        }),
      )
      await Promise.all(works)
      // What was not written is done once more; what was is not.
      expect([proxy.cuts, runs]).toEqual([1, cut === 'before' ? 4 : 2])
      expect((await ledger.transact((tx) => tx.grants())).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      expect(await ledger.auditRecords(1, 9)).toHaveLength(2)
      await ledger.close()
      proxy.stop()
    },
  )

  it('does once more what a crash took, although another transaction has its number by then', async () => {
    const proxy = await CuttingProxy.start(server.port)
    const direct = server.address(database)
    const ledger = await openPostgresLedger(direct.replace(`:${server.port}/`, `:${proxy.port}/`), signer)
    await ledger.transact((tx) => tx.insert(someGrant('a')))
    const cut = proxy.cutNext('before', true)
    let runs = 0
    const work = ledger.transact(async (tx) => {
      runs++
      await tx.insert(someGrant('b'))
    })
    await cut
    await server.crash()
    await server.start()
    // Of the lost one nothing had reached the disk, so its number is given away again.
    await server.ask(database, ...Array.from({ length: 20 }, () => 'SELECT pg_current_xact_id()'))
    proxy.open()
    await work
    expect(runs).toBe(2)
    expect((await ledger.transact((tx) => tx.grants())).map(({ id }) => id)).toEqual(['a', 'b'])
    await ledger.close()
    proxy.stop()
  })

  it('speaks to a server over TLS only when its certificate is good for that name', async () => {
    const certificate = await server.withTls('ledger.test', 'localhost')
    const at = (host: string, more: string) =>
      openPostgresLedger(
        server.address(database).replace('127.0.0.1', host).replace('?sslmode=disable', more),
        signer,
      )
    const ledger = await at('localhost', `?sslrootcert=${certificate}`)
    const [row] = await server.ask(
      database,
      "SELECT bool_or(s.ssl) AS ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'gomeisa'",
    )
    expect(row).toEqual({ ssl: true })
    await ledger.close()
    await expect(at('localhost', '')).rejects.toThrow('self-signed certificate')
    await expect(at('127.0.0.1', `?sslrootcert=${certificate}`)).rejects.toThrow(
      "does not match certificate's altnames",
    )
  })

  it('says so when the server stays away, and works again when it is back', async () => {
    const ledger = await open(500)
    await server.crash()
    try {
      await expect(ledger.transact((tx) => tx.insert(someGrant('a')))).rejects.toMatchObject({
        code: 'STORE_UNUSABLE',
      })
    } finally {
      await server.start()
    }
    await ledger.transact((tx) => tx.insert(someGrant('b')))
    expect((await ledger.transact((tx) => tx.grants())).map(({ id }) => id)).toEqual(['b'])
    await ledger.close()
  })

  it('is open to the others again when a broker hangs in the middle of a transaction', async () => {
    const hung = await openPostgresLedger(server.address(database), signer, { limit: 1_000 })
    const other = await open()
    let begun: () => void = () => undefined
    const holding = new Promise<void>((resolve) => (begun = resolve))
    const never = hung.transact(() => {
      begun()
      return new Promise(() => undefined)
    })
    never.catch(() => undefined)
    await holding
    const started = performance.now()
    await other.transact((tx) => tx.insert(someGrant('a')))
    expect(performance.now() - started).toBeGreaterThan(500)
    await other.close()
  })

  it('refuses a ledger of a newer version, also one that becomes newer', async () => {
    const ledger = await open()
    await server.ask(database, 'UPDATE gomeisa.ledger SET version = 99')
    await expect(ledger.auditHead()).rejects.toMatchObject({ code: 'STORE_VERSION' })
    await expect(open()).rejects.toMatchObject({ code: 'STORE_VERSION' })
    await ledger.close()
  })

  it('refuses a server that would forget what it has confirmed', async () => {
    await server.ask(database, 'ALTER SYSTEM SET fsync = off', 'SELECT pg_reload_conf()')
    try {
      await expect(open()).rejects.toThrow('fsync is off')
    } finally {
      await server.ask(database, 'ALTER SYSTEM RESET fsync', 'SELECT pg_reload_conf()')
    }
  })

  it('never tells the password', async () => {
    const secret = 'hunter2-%41'
    const wrong = openPostgresLedger(server.address(database, secret), signer)
    const failed: unknown = await wrong.catch((error: unknown) => error)
    const { inspect } = await import('node:util')
    expect(inspect(failed, { depth: 9, showHidden: true })).toContain('password authentication failed')
    expect(inspect(failed, { depth: 9, showHidden: true })).not.toContain('hunter2')
  })
})
