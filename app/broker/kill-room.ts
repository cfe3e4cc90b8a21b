import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileSigner, openGrantLedger, openKills, type Kills } from '../../broker/index.ts'
import { GomeisaError } from '../../graph/index.ts'
import { brokerFolder, withLedger } from './operator.ts'

/** Uses the kill switch over the ledgers of the broker below `data`. Throws `NOT_FOUND` where there is no broker. */
export async function withKills<T>(data: string, use: (kills: Kills) => Promise<T>): Promise<T> {
  const folder = brokerFolder(data)
  if (!existsSync(join(folder, 'broker.db'))) {
    throw new GomeisaError('NOT_FOUND', `there is no broker in \`${data}\``, {
      remedy:
        "name its data directory with --data on the broker's machine, or --home to ask it through the agent",
    })
  }
  return withLedger(data, async (devices) => {
    const ledger = openGrantLedger(join(folder, 'grants.db'), fileSigner(join(folder, 'audit.key')))
    try {
      return await use(openKills(ledger, devices, Date.now))
    } finally {
      await ledger.close()
    }
  })
}
