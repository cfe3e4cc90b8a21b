import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordLine } from '../../broker/audit/record.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import { openPostgresLedger } from '../../broker/ledger/postgres/grant-ledger.ts'
import { killedGrants } from '../bench/killed-grants.ts'
import { PostgresServer, postgresPrograms } from '../fakes/postgres/server.ts'
import { signer } from './grants-world.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('two processes over one PostgreSQL', { timeout: 60_000 }, () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await PostgresServer.start(programs ?? '')
  }, 60_000)
  afterAll(() => server.stop())

  it('killed one after the other, lose no grant that they called active, and leave one whole log', async () => {
    const [short, long] = await Promise.all([
      killedGrants(server.address(), { atOnce: 16, seconds: 1 }),
      killedGrants(server.address(), { atOnce: 16, seconds: 3 }),
    ])
    expect([short.signal, long.signal]).toEqual(['SIGKILL', 'SIGKILL'])
    // The second went on for two seconds without the first.
    expect(Math.min(short.active.length, long.active.length)).toBeGreaterThan(10)
    const ledger = await openPostgresLedger(server.address(), signer)
    const rows = new Map((await ledger.transact((tx) => tx.grants())).map((grant) => [grant.id, grant]))
    const lost = [...short.active, ...long.active].filter((id) => rows.get(id)?.state !== 'active')
    expect(lost).toEqual([])
    await ledger.checkpoint(0)
    const records = await ledger.auditRecords(1, 1_000_000)
    const intended = new Set(
      records.filter(({ event }) => event === 'grant.intended').map(({ grant }) => grant),
    )
    expect([...rows.keys()].filter((id) => !intended.has(id))).toEqual([])
    expect(verifyAudit(records.map((record) => `${recordLine(record)}\n`).join('')).faults).toEqual([])
    await ledger.close()
  })
})
