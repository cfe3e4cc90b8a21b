import { expect, it } from 'vitest'
import { recordLine } from '../../broker/audit/record.ts'
import { verifyAudit } from '../../broker/audit/verify.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { killedGrants } from '../bench/killed-grants.ts'
import { ledgerFile, signer } from './grants-world.ts'

it(
  'a broker that is killed loses no grant that it called active, and its log is whole',
  { timeout: 60_000 },
  async () => {
    const file = ledgerFile()
    const { active, signal } = await killedGrants(file, { atOnce: 16, seconds: 1 })
    expect(signal).toBe('SIGKILL')
    expect(active.length).toBeGreaterThan(10)
    const ledger = openGrantLedger(file, signer)
    const rows = new Map((await ledger.transact((tx) => tx.grants())).map((grant) => [grant.id, grant]))
    expect(active.filter((id) => rows.get(id)?.state !== 'active')).toEqual([])
    const records = await ledger.auditRecords(1, 1_000_000)
    const intended = new Set(
      records.filter(({ event }) => event === 'grant.intended').map(({ grant }) => grant),
    )
    expect([...rows.keys()].filter((id) => !intended.has(id))).toEqual([])
    const { faults } = verifyAudit(records.map((record) => `${recordLine(record)}\n`).join(''))
    expect(faults.filter(({ kind }) => kind !== 'unsigned')).toEqual([])
    await ledger.close()
  },
)
