import { generateKeyPairSync } from 'node:crypto'
import { signerOf } from '../../broker/audit/signer.ts'
import { Grants } from '../../broker/grants/grants.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { openPostgresLedger } from '../../broker/ledger/postgres/grant-ledger.ts'
import { VirtualClock } from '../fakes/grants/clock.ts'
import { FakeCloud } from '../fakes/grants/cloud.ts'

/**
 * `grants-child.ts FILE AT_ONCE`, with an address of PostgreSQL instead of a file, too: issues grants without end, so many at the same time, and prints the id of each when it is
 * active. To be killed.
 */
const [file = '', atOnce = '64'] = process.argv.slice(2)
const clock = new VirtualClock(Date.now())
let ids = 0
const signer = signerOf(generateKeyPairSync('ed25519').privateKey)
const grants = new Grants({
  ledger: file.startsWith('postgres:')
    ? await openPostgresLedger(file, signer)
    : openGrantLedger(file, signer),
  connectors: [new FakeCloud(clock)],
  decide: () => Promise.resolve({ allow: true }),
  clock,
  mayForceClose: () => Promise.resolve(false),
  random: () => 0.5,
  newId: () => `${process.pid}-${ids++}`,
})

async function forEver(): Promise<void> {
  for (;;) {
    const person = `person ${process.pid} ${ids}`
    const deadline = clock.now() + 3_600_000
    const wish = { person, entitlement: 'reader', connector: 'fake', reason: 'bench', by: person, deadline }
    const { id, state } = await grants.step((await grants.intend(wish)).id)
    if (state === 'active') process.stdout.write(`${id}\n`)
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, forEver))
