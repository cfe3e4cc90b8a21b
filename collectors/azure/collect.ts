import { collectPages, type CollectPagesReport } from '../transport/collect-pages.ts'
import type { CollectOptions } from '../transport/collection.ts'
import { LANES } from './calls/call.ts'
import { chosenCalls, type LeftOut } from './calls/table.ts'
import { type ClientOptions, Clients } from './clients.ts'
import { ownTenant } from './tenant.ts'

export interface CollectAzureOptions extends ClientOptions, CollectOptions {
  readonly without: readonly LeftOut[]
}

export interface CollectAzureReport extends CollectPagesReport {
  readonly tenant: string
}

/**
 * Reads a tenant — its directory and every subscription that the credentials see — and keeps the answers as one snapshot. What
 * was refused is a gap of the snapshot. Killed at any moment, the same call goes on where it was. Throws `CLOUD_UNUSABLE`
 * without usable credentials, `STORE_UNUSABLE` when the work cannot be written.
 */
export async function collectAzure(options: CollectAzureOptions): Promise<CollectAzureReport> {
  const sender = new Clients(options)
  const tenant = options.tenant ?? (await ownTenant(sender))
  const { without, endpoints } = options
  const report = await collectPages(
    {
      cloud: 'azure',
      scope: tenant,
      asked: { tenant },
      without,
      endpoints,
      calls: chosenCalls(without),
      sender,
      quota: ({ lane }) => LANES[lane],
    },
    options,
  )
  return { ...report, tenant }
}
