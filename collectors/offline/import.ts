import { GomeisaError, type Instant } from '../../graph/index.ts'
import { Intake } from './intake.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { Budget } from './open/budget.ts'
import { type Entry, type Ignored, isIgnored } from './open/entry.ts'
import { unpack } from './open/unpack.ts'
import { filesIn, type Found } from './open/walk.ts'
import type { ImportOptions, ImportReport } from './report.ts'

/**
 * Imports files and folders (recursively) as one snapshot: all of them or, when one is broken, none, and the store is
 * as it was. Archives (`.zip`, `.gz`) are opened; what a file is, its content says.
 *
 * Throws `INPUT_UNREADABLE`, `INPUT_ENCODING`, `INPUT_SYNTAX`, `INPUT_SHAPE`, `INPUT_DUPLICATE`, `INPUT_TOO_LARGE` or
 * `INPUT_TOO_DEEP` with the place in the file, and `INPUT_UNRECOGNISED` when no file is of a known format.
 */
export function importPaths(paths: readonly string[], options: ImportOptions): Promise<ImportReport> {
  return run((budget) => filesIn(paths, budget.limits), options)
}

/** Imports files that are in memory, as `importPaths` does. */
export function importFiles(files: Iterable<Entry>, options: ImportOptions): Promise<ImportReport> {
  return run(() => inMemory(files), options)
}

function* inMemory(files: Iterable<Entry>): Generator<Found> {
  for (const file of files) yield { origin: file.origin, read: () => Promise.resolve(file) }
}

/** The same files; each is begun to be read while the one before is taken. */
function* ahead(files: Iterable<Found | Ignored>): Generator<Found | Ignored> {
  let last: Found | Ignored | undefined
  for (const file of files) {
    if ('begin' in file) file.begin()
    if (last !== undefined) yield last
    last = file
  }
  if (last !== undefined) yield last
}

async function run(
  find: (budget: Budget) => Iterable<Found | Ignored>,
  options: ImportOptions,
): Promise<ImportReport> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const budget = new Budget(limits)
  let intake: Intake | undefined
  const { snapshot, isNew } = await options.store.write(async (writer) => {
    const current = new Intake(writer, limits)
    intake = current
    const progress = { files: 0, bytes: 0 }
    for (const found of ahead(find(budget))) {
      if ('why' in found) {
        current.ignored.push(found)
        continue
      }
      budget.file(found.origin)
      for await (const entry of unpack(await found.read(), budget)) {
        if (isIgnored(entry)) {
          current.ignored.push(entry)
          continue
        }
        current.add(entry, () => reopen(found, entry.origin, budget))
        progress.files++
        progress.bytes += entry.bytes.byteLength
        options.progress?.({ origin: entry.origin, ...progress })
      }
    }
    const { sources, gaps, newest } = await current.finish()
    const takenAt: Instant = options.takenAt ?? newest ?? options.now
    return { takenAt, importedAt: options.now, sources, gaps }
  })
  return { snapshot, isNew, taken: intake?.taken ?? [], ignored: intake?.ignored ?? [], gaps: snapshot.gaps }
}

/** Opens a file once more, for a record that is needed again after its bytes were let go. */
async function reopen(found: Found, origin: string, budget: Budget): Promise<Uint8Array> {
  for await (const entry of unpack(await found.read(), new Budget(budget.limits))) {
    if (!isIgnored(entry) && entry.origin === origin) return entry.bytes
  }
  throw new GomeisaError('INPUT_UNREADABLE', `\`${origin}\` went away while it was read`, {
    place: { file: origin },
    remedy: 'import again when nothing writes into it',
  })
}
