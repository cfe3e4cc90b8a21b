import type { Connector } from '../../broker/grants/connector.ts'
import type { Around } from './grants-world.ts'

/** Counts how many calls to the cloud are under way at the same time. */
export function countedCalls(): Around & { readonly most: number } {
  let [now, most] = [0, 0]
  const counted = async <T>(call: () => Promise<T>): Promise<T> => {
    now++
    most = Math.max(most, now)
    try {
      await new Promise(setImmediate)
      return await call()
    } finally {
      now--
    }
  }
  return {
    get most() {
      return most
    },
    ledger: (ledger) => ledger,
    cloud: (cloud): Connector => ({
      name: cloud.name,
      traits: cloud.traits,
      plan: (terms) => cloud.plan(terms),
      issue: (...given) => counted(() => cloud.issue(...given)),
      observe: (...given) => counted(() => cloud.observe(...given)),
      revoke: (...given) => counted(() => cloud.revoke(...given)),
      kill: (...given) => counted(() => cloud.kill(...given)),
    }),
  }
}
