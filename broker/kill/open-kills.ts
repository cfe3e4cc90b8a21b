import type { DeviceStore } from '../devices/device-store.ts'
import { Grants } from '../grants/grants.ts'
import type { RequestLedger } from '../requests/request-ledger.ts'
import { Kills } from './kills.ts'

/**
 * Kills over the ledgers alone, for a process that is no broker: it orders and looks, and the broker that runs over the same files
 * carries out.
 */
export function openKills(ledger: RequestLedger, devices: DeviceStore, now: () => number): Kills {
  const never = () => Promise.resolve()
  const grants = new Grants({
    ledger,
    connectors: [],
    decide: () => Promise.resolve({ allow: false, why: 'this process issues nothing' }),
    clock: { now, sleep: never },
    mayForceClose: () => Promise.resolve(false),
    random: () => 0,
    newId: () => 'kill',
  })
  return new Kills({ ledger, devices, grants, now })
}
