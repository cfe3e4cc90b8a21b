import { join } from 'node:path'
import { contentHash, type GraphStore, type Instant } from '../../graph/index.ts'
import { importFiles } from '../offline/import.ts'
import type { ImportReport } from '../offline/report.ts'
import { Crawl } from '../transport/crawl.ts'
import { crawledFiles } from '../transport/crawled.ts'
import { Journal } from '../transport/journal.ts'
import { Limits } from '../transport/limits.ts'
import { Pace } from '../transport/pace.ts'
import { type CollectProgress, Progress } from '../transport/progress.ts'
import { LANES } from './calls/call.ts'
import { chosenCalls, type LeftOut } from './calls/table.ts'
import { type ClientOptions, Clients } from './clients.ts'
import { ownTenant } from './tenant.ts'

export interface CollectAzureOptions extends ClientOptions {
  readonly store: GraphStore
  /** Folder for the work that is not finished; made when it is not there. */
  readonly work: string
  readonly now: Instant
  readonly without: readonly LeftOut[]
  /** Begins anew, whatever an earlier process had finished. */
  readonly fresh: boolean
  /** How often a page is asked before it is given up; ten times unless told. */
  readonly attempts?: number
  readonly progress?: (progress: CollectProgress) => void
}

export interface CollectAzureReport extends ImportReport {
  readonly tenant: string
  /** Pages that an earlier process had finished. */
  readonly resumed: number
}

const CALLS_AT_ONCE = 24
const MiB = 2 ** 20

/**
 * Reads a tenant — its directory and every subscription that the credentials see — and keeps the answers as one snapshot. What
 * was refused is a gap of the snapshot. Killed at any moment, the same call goes on where it was. Throws `CLOUD_UNUSABLE`
 * without usable credentials, `STORE_UNUSABLE` when the work cannot be written.
 */
export async function collectAzure(options: CollectAzureOptions): Promise<CollectAzureReport> {
  const clients = new Clients(options)
  const tenant = options.tenant ?? (await ownTenant(clients))
  const journal = openJournal(options, tenant)
  const resumed = journal.size
  const started = performance.now()
  const paces = new Map(Object.entries(LANES).map(([name, { perMinute }]) => [name, new Pace(perMinute)]))
  const atLeast = () => Math.max(...[...paces.values()].map((pace) => pace.secondsLeft()))
  const calls = chosenCalls(options.without)
  const crawl = new Crawl({
    calls,
    sender: clients,
    journal,
    progress: new Progress(() => performance.now() - started, options.progress, atLeast),
    limits: new Limits(CALLS_AT_ONCE),
    lane: ({ lane }) => ({ pace: paces.get(lane) ?? new Pace(1), atOnce: LANES[lane].atOnce }),
    attempts: options.attempts ?? 10,
  })
  try {
    await crawl.from(tenant)
    const left = options.without.map((name) => ({ about: tenant, left: name }))
    const report = await importFiles(crawledFiles(journal, calls, 'azure', left), {
      store: options.store,
      now: options.now,
      takenAt: journal.header as Instant,
      // What Azure told is no hostile file; a tenant may be large.
      limits: { totalBytes: Infinity, files: Infinity, fileBytes: 500 * MiB, lineBytes: 500 * MiB },
    })
    journal.remove()
    return { ...report, tenant, resumed }
  } catch (error) {
    journal.close()
    throw error
  }
}

/** One journal for the same question: the tenant and what was left out. Its header is the time of the snapshot. */
function openJournal({ endpoints, ...options }: CollectAzureOptions, tenant: string): Journal {
  const addresses = [...endpoints].map(([name, url]) => [name, url.href])
  const asked = { tenant, without: [...options.without].sort(), addresses, version: 1 }
  const folder = join(options.work, `azure-${contentHash(JSON.stringify(asked)).slice(0, 16)}`)
  if (options.fresh) Journal.forget(folder)
  return new Journal(folder, options.now)
}
