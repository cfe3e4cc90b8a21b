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
import { LANES, type LaneName } from './calls/call.ts'
import { chosenCalls, type LeftOut } from './calls/table.ts'
import { type ClientOptions, Clients } from './clients.ts'
import { soleOrganization } from './scope.ts'

export interface CollectGcpOptions extends ClientOptions {
  readonly store: GraphStore
  /** Folder for the work that is not finished; made when it is not there. */
  readonly work: string
  readonly now: Instant
  /** `organizations/1`, `folders/1` or `projects/name`; the one organization of the credentials unless told. */
  readonly scope?: string
  readonly without: readonly LeftOut[]
  /** Reads of deny policies, and of boundaries, a minute: five unless a larger quota was granted. */
  readonly policyReads?: number
  /** Begins anew, whatever an earlier process had finished. */
  readonly fresh: boolean
  /** How often a page is asked before it is given up; ten times unless told. */
  readonly attempts?: number
  readonly progress?: (progress: CollectProgress) => void
}

export interface CollectGcpReport extends ImportReport {
  readonly scope: string
  /** Pages that an earlier process had finished. */
  readonly resumed: number
}

const CALLS_AT_ONCE = 24
const MiB = 2 ** 20

/**
 * Reads an organization, a folder or a project of Google Cloud and keeps the answers as one snapshot. What was refused is a
 * gap of the snapshot. Killed at any moment, the same call goes on where it was. Throws `CLOUD_UNUSABLE` without usable
 * credentials, `USAGE` when it must be told which organization, `STORE_UNUSABLE` when the work cannot be written.
 */
export async function collectGcp(options: CollectGcpOptions): Promise<CollectGcpReport> {
  const clients = new Clients(options)
  const scope = options.scope ?? (await soleOrganization(clients))
  const journal = openJournal(options, scope)
  const resumed = journal.size
  const started = performance.now()
  const paces = new Map(
    Object.entries(LANES).map(([name, { perMinute }]) => [name, new Pace(quota(name, perMinute, options))]),
  )
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
    await crawl.from(scope)
    const left = options.without.map((name) => ({ about: scope, left: name }))
    const report = await importFiles(crawledFiles(journal, calls, 'gcp', left), {
      store: options.store,
      now: options.now,
      takenAt: journal.header as Instant,
      // What Google told is no hostile file; an organization may be large.
      limits: { totalBytes: Infinity, files: Infinity, fileBytes: 500 * MiB, lineBytes: 500 * MiB },
    })
    journal.remove()
    return { ...report, scope, resumed }
  } catch (error) {
    journal.close()
    throw error
  } finally {
    await clients.close()
  }
}

function quota(lane: string, perMinute: number, { policyReads }: CollectGcpOptions): number {
  const isSmall = (['deny-policies', 'boundaries'] satisfies LaneName[]).some((name) => name === lane)
  return isSmall ? (policyReads ?? perMinute) : perMinute
}

/** One journal for the same question: the scope and what was left out. Its header is the time of the snapshot. */
function openJournal({ endpoints, ...options }: CollectGcpOptions, scope: string): Journal {
  const addresses = [...endpoints].map(([name, url]) => [name, url.href])
  const asked = { scope, without: [...options.without].sort(), addresses, version: 1 }
  const folder = join(options.work, `gcp-${contentHash(JSON.stringify(asked)).slice(0, 16)}`)
  if (options.fresh) Journal.forget(folder)
  return new Journal(folder, options.now)
}
