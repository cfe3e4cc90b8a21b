import { closeSync, openSync, read } from 'node:fs'
import { promisify } from 'node:util'

/** Larger files are not held beside the one before. */
const MOST_BYTES = 16 * 1024 * 1024

const readInto = promisify(read)

/**
 * Reads a file of so many bytes in another thread, in one step: what takes several waits for this one between them.
 * `undefined` when it has another size or cannot be read; whoever reads it then says why.
 */
export async function readAside(path: string, size: number): Promise<Uint8Array | undefined> {
  if (size === 0 || size > MOST_BYTES) return undefined
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = Buffer.allocUnsafeSlow(size)
    const { bytesRead } = await readInto(file, bytes, 0, size, 0)
    return bytesRead === size ? bytes : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
