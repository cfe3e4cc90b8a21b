import { join } from 'node:path'
import { contentHash, type GraphStore, type Instant } from '../../graph/index.ts'
import { importFiles } from '../offline/import.ts'
import type { Entry } from '../offline/open/entry.ts'
import type { ImportReport } from '../offline/report.ts'
import { Journal } from './journal.ts'
import type { CollectProgress } from './progress.ts'

/** What every collection is told. */
export interface CollectOptions {
  readonly store: GraphStore
  /** Folder for the work that is not finished; made when it is not there. */
  readonly work: string
  readonly now: Instant
  /** Begins anew, whatever an earlier process had finished. */
  readonly fresh: boolean
  /** How often one call, or one page of it, is asked before it is given up; ten times unless told. */
  readonly attempts?: number
  readonly progress?: (progress: CollectProgress) => void
}

const MiB = 2 ** 20

/**
 * The journal of what a cloud is asked: the same one for the same question, so that a killed collection goes on where it was.
 * Its header is the time of the snapshot. Throws `STORE_UNUSABLE` when it cannot be written.
 */
export function journalFor(cloud: string, asked: object, { work, fresh, now }: CollectOptions): Journal {
  const folder = join(work, `${cloud}-${contentHash(JSON.stringify(asked)).slice(0, 16)}`)
  if (fresh) Journal.forget(folder)
  return new Journal(folder, now)
}

/** Keeps the files that a finished collection made as one snapshot; the journal, which nobody needs then, is removed. */
export async function keep(
  files: Iterable<Entry>,
  journal: Journal,
  { store, now }: CollectOptions,
): Promise<ImportReport> {
  const report = await importFiles(files, {
    store,
    now,
    takenAt: journal.header as Instant,
    // What a cloud told is no hostile file; an organization may be large.
    limits: { totalBytes: Infinity, files: Infinity, fileBytes: 500 * MiB, lineBytes: 500 * MiB },
  })
  journal.remove()
  return report
}
