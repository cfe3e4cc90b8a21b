import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signerOf } from '../../broker/audit/signer.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { killedGrants } from './killed-grants.ts'

/**
 * `node test/bench/grants.ts [--seconds 8] [--at-once 64]`
 * How many grants a second become active on the embedded ledger, each synced to disk before and after the (fake) cloud is asked,
 * and how many of them are lost when the broker is killed.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, 'at-once': { type: 'string', default: '64' } },
})
const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
try {
  const file = join(folder, 'grants.db')
  const options = { atOnce: Number(values['at-once']), seconds: Number(values.seconds) }
  const { active, seconds } = await killedGrants(file, options)
  const ledger = openGrantLedger(file, signerOf(generateKeyPairSync('ed25519').privateKey))
  const rows = await ledger.transact((tx) => tx.grants())
  const there = new Set(rows.filter(({ state }) => state === 'active').map(({ id }) => id))
  const lost = active.filter((id) => !there.has(id)).length
  await ledger.close()
  console.log(`${(active.length / seconds).toFixed(0)} grants a second, ${options.atOnce} at the same time`)
  console.log(`${active.length} were active when the broker was killed, ${lost} of them lost`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
