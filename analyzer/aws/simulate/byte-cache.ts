import { crc32 } from 'node:zlib'

/** Bytes of keys that a cache holds before it starts anew. */
const FULL = 64e6
/** Keys of one hash that are kept: more of them are made to collide. */
const ALIKE = 8

/** Bytes of their own, with what was made of them. */
export interface Kept<T> {
  readonly bytes: Buffer
  readonly value: T
}

/** What was made of bytes, kept for the next time that they come. */
export class ByteCache<T> {
  private readonly made = new Map<number, Kept<T>[]>()
  private held = 0

  /** What is made of bytes. */
  get(bytes: Buffer, make: () => T): Kept<T> {
    const hash = crc32(bytes)
    const alike = this.made.get(hash)
    const known = alike?.find((kept) => kept.bytes.equals(bytes))
    if (known !== undefined) return known
    const value = make()
    this.held += bytes.length
    if (this.held > FULL) {
      this.made.clear()
      this.held = bytes.length
    }
    const kept = { bytes: Buffer.from(bytes), value }
    if (alike === undefined || alike.length >= ALIKE) this.made.set(hash, [kept])
    else alike.push(kept)
    return kept
  }
}
