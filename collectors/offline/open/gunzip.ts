import { createGunzip } from 'node:zlib'
import { GomeisaError } from '../../../graph/index.ts'
import type { Budget } from './budget.ts'
import type { Entry } from './entry.ts'

/** The one file inside a gzip stream (RFC 1952), named like the archive. Throws `INPUT_UNREADABLE` when it is damaged. */
export async function* gunzip(entry: Entry, budget: Budget): AsyncGenerator<Entry> {
  const stream = createGunzip({ chunkSize: 256 * 1024 })
  stream.end(entry.bytes)
  const bytes = await collect(stream, entry.origin, entry.bytes.byteLength, budget)
  budget.file(entry.origin)
  yield { ...entry, bytes }
}

/** Reads a decompressed stream to its end, or to the first limit it breaks. */
export async function collect(
  stream: AsyncIterable<unknown>,
  origin: string,
  compressed: number,
  budget: Budget,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue
      size += chunk.byteLength
      budget.expanded(origin, compressed, size)
      chunks.push(chunk)
    }
  } catch (cause) {
    throw cause instanceof GomeisaError ? cause : damaged(origin, cause)
  }
  return Buffer.concat(chunks, size)
}

export function damaged(origin: string, cause: unknown): GomeisaError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new GomeisaError('INPUT_UNREADABLE', `the archive \`${origin}\` is damaged: ${reason}`, {
    place: { file: origin },
    remedy: 'copy or pack it again, or unpack it and import the folder',
    cause,
  })
}
