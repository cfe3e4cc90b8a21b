import { userInfo } from 'node:os'
import { join } from 'node:path'
import { openDeviceStore, openPeopleStore, type DeviceStore, type PeopleStore } from '../../broker/index.ts'

/** Where a broker keeps its ledger and keys, below the data directory. */
export const brokerFolder = (data: string): string => join(data, 'broker')

/** The keys of a broker that issues tokens, below the data directory. */
export const issuerFolder = (data: string): string => join(brokerFolder(data), 'issuer')

/** Uses the ledger of the broker below `data`, and closes it. */
export async function withLedger<T>(data: string, use: (store: DeviceStore) => T | Promise<T>): Promise<T> {
  const store = openDeviceStore(join(brokerFolder(data), 'broker.db'))
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** Uses the people in the same ledger, and closes it. */
export async function withPeople<T>(data: string, use: (store: PeopleStore) => T | Promise<T>): Promise<T> {
  const store = openPeopleStore(join(brokerFolder(data), 'broker.db'))
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** Who acts, for the record: the account on this machine. */
export function operator(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
