import { expect, it } from 'vitest'
import { hasEnded } from '../../broker/grants/grant.ts'
import { openGrantLedger } from '../../broker/ledger/embedded-grant-ledger.ts'
import { ledgerFile, signer } from './grants-world.ts'
import { TwoBrokers } from './two-brokers.ts'

async function overOneFile(use: (two: TwoBrokers) => Promise<void>): Promise<void> {
  const file = ledgerFile()
  const [looks, ...brokers] = [0, 1, 2].map(() => openGrantLedger(file, signer))
  if (looks === undefined) return
  await use(new TwoBrokers({ looks, brokers }))
  await Promise.all([looks, ...brokers].map((each) => each.close()))
}

// A process that is suspended and wakes up hours later: after its 4th transaction it has written that it is about to call the cloud.
it.each([1, 2, 3, 4, 5, 6])('a broker held up after transaction %i of an issue gives no access later', (at) =>
  overOneFile(async (two) => {
    const { world } = two
    await two.grants(0).intend(world.wish())
    await two.hang(0, at)
    await two.tick()
    await two.pass(300)
    expect((await world.all()).map(({ state }) => hasEnded(state))).toEqual([true])
    await two.thaw()
    expect([...world.cloud.bindings.keys()]).toEqual([])
  }),
)

it.each([1, 2, 3, 4, 5, 6])(
  'a broker held up after transaction %i of a revocation takes no later access',
  (at) =>
    overOneFile(async (two) => {
      const { world } = two
      const { id } = await two.grants(0).intend(world.wish())
      await two.grants(0).step(id)
      await two.grants(0).revoke(id, 'ana', 'done')
      await two.hang(0, at)
      await two.tick()
      await two.pass(60)
      const next = await two.grants(1).intend(world.wish('ana', 'db-admin', 600))
      await two.pass(10)
      expect(await world.grants.grant(next.id)).toMatchObject({ state: 'active' })
      await two.thaw()
      expect([...world.cloud.bindings.keys()]).toEqual(['ana|db-admin'])
    }),
)
