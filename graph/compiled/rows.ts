import { deserialize, serialize } from 'node:v8'

/** Rows that are serialised together: shared objects inside of them are written once. */
const TOGETHER = 10_000
/** Bytes of a part's length. */
const HEAD = 4

/**
 * A list in V8's structured-clone format, in parts: the serialiser remembers each object by its address, and what it
 * remembers of a long list is sorted anew at each garbage collection.
 */
export function rowsToBytes(rows: readonly unknown[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (let start = 0; start < rows.length; start += TOGETHER) {
    const bytes = serialize(rows.slice(start, start + TOGETHER))
    const head = Buffer.alloc(HEAD)
    head.writeUInt32LE(bytes.byteLength)
    parts.push(head, bytes)
  }
  return Buffer.concat(parts)
}

/** Reads what `rowsToBytes` wrote. */
export function rowsFromBytes(bytes: Uint8Array): readonly unknown[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rows: unknown[] = []
  for (let at = 0; at < buffer.length;) {
    const end = at + HEAD + buffer.readUInt32LE(at)
    for (const row of deserialize(buffer.subarray(at + HEAD, end)) as readonly unknown[]) rows.push(row)
    at = end
  }
  return rows
}
