import type { Entry as ZipEntry, ZipFile } from 'yauzl'
import { GomeisaError } from '../../../graph/index.ts'
import type { Budget } from './budget.ts'
import { type Entry, type Ignored, instantOf } from './entry.ts'
import { collect, damaged } from './gunzip.ts'
import { isHidden } from './walk.ts'

/**
 * The files inside a ZIP archive, in the order of its directory. Their names are for display: nothing is written to disk.
 * Throws `INPUT_UNREADABLE` when the archive is damaged, encrypted, or has names that leave it.
 */
export async function* unzip(archive: Entry, budget: Budget): AsyncGenerator<Entry | Ignored> {
  const { fromBufferPromise } = await import('yauzl')
  const zip = await opening(archive.origin, () => fromBufferPromise(bufferOf(archive.bytes), OPTIONS))
  const entries = zip.eachEntry()
  for (;;) {
    const next = await opening(archive.origin, () => entries.next())
    if (next.done === true) return
    const name = next.value.fileName
    const origin = `${archive.origin}!${name}`
    budget.file(origin)
    if (name.endsWith('/') || isHidden(name)) continue
    const modified = instantOf(next.value.getLastModDate({ timezone: 'UTC' }).getTime())
    const bytes = await readEntry(zip, next.value, origin, budget)
    yield { origin, bytes, ...(modified === undefined ? {} : { modified }) }
  }
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const OPTIONS = { lazyEntries: true } as const

async function readEntry(zip: ZipFile, entry: ZipEntry, origin: string, budget: Budget): Promise<Buffer> {
  if (entry.isEncrypted()) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${origin}\` is encrypted`, {
      place: { file: origin },
      remedy: 'unpack it with its password and import the folder',
    })
  }
  const stream = await opening(origin, () => zip.openReadStreamPromise(entry))
  return collect(stream, origin, entry.compressedSize, budget)
}

async function opening<T>(origin: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    throw cause instanceof GomeisaError ? cause : damaged(origin, cause)
  }
}
