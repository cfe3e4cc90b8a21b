import type { JsonObject } from '../../graph/index.ts'
import type { ImportReport } from '../offline/report.ts'
import { type CollectOptions, journalFor, keep } from './collection.ts'
import { Crawl } from './crawl.ts'
import { crawledFiles } from './crawled.ts'
import { Lanes, type Quota } from './lanes.ts'
import { Limits } from './limits.ts'
import type { PageCall, Sender } from './page-call.ts'
import { Progress } from './progress.ts'

/** How one cloud is collected. */
export interface PageCollection<Call extends PageCall> {
  /** Begins the names of the journal and of the files. */
  readonly cloud: string
  /** What all of it is about. */
  readonly scope: string
  /** What makes it another question than that of another scope: the journal is found by it. */
  readonly asked: JsonObject
  /** Names of what is left out of the calls. */
  readonly without: readonly string[]
  /** Addresses instead of the cloud's own, by the name of the service. */
  readonly endpoints: ReadonlyMap<string, URL>
  readonly calls: readonly Call[]
  readonly sender: Sender<Call>
  readonly quota: (call: Call) => Quota
}

export interface CollectPagesReport extends ImportReport {
  /** Pages that an earlier process had finished. */
  readonly resumed: number
}

const CALLS_AT_ONCE = 24

/**
 * Makes the calls of a table and keeps the answers as one snapshot. What was refused is a gap of the snapshot. Killed at any
 * moment, the same call goes on where it was. Rejects with what ended the collection, `STORE_UNUSABLE` when the work cannot be
 * written.
 */
export async function collectPages<Call extends PageCall>(
  { cloud, scope, asked, without, calls, sender, quota, ...collection }: PageCollection<Call>,
  options: CollectOptions,
): Promise<CollectPagesReport> {
  const addresses = [...collection.endpoints].map(([name, url]) => [name, url.href])
  const question = { ...asked, without: [...without].sort(), addresses, version: 1 }
  const journal = journalFor(cloud, question, options)
  const resumed = journal.size
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const lanes = new Lanes(quota)
  const crawl = new Crawl({
    calls,
    sender,
    journal,
    progress: new Progress(elapsed, options.progress, () => lanes.secondsLeft()),
    limits: new Limits(CALLS_AT_ONCE),
    lane: (call) => lanes.of(call),
    attempts: options.attempts ?? 10,
  })
  try {
    await crawl.from(scope)
    const left = without.map((name) => ({ about: scope, left: name }))
    const report = await keep(crawledFiles(journal, calls, cloud, left), journal, options)
    return { ...report, resumed }
  } catch (error) {
    journal.close()
    throw error
  }
}
