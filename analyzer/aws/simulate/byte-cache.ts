import { crc32 } from 'node:zlib'

/** Bytes of keys that a cache holds before it starts anew. */
const FULL = 64e6
/** Keys of one hash that are kept: more of them are made to collide. */
const ALIKE = 8
/** By its first bytes, as many as it has of these, an object or a list is looked for before it is known where it ends. */
const HEADS = [512, 64] as const
const SAME_HEAD = 4

/** Bytes of their own, with what was made of them. */
export interface Kept<T> {
  readonly bytes: Buffer
  readonly value: T
}

/** What was made of the bytes of JSON objects and lists, kept for the next time that they come. */
export class ByteCache<T> {
  private readonly whole = new Map<number, Kept<T>[]>()
  private readonly heads = new Map<number, Kept<T>[]>()
  private held = 0

  /** What was made of the object or list that begins at a place, if it is known. It ends where it ends, whatever follows. */
  at(line: Buffer, from: number): Kept<T> | undefined {
    for (const head of HEADS) {
      if (from + head > line.length) continue
      const alike = this.heads.get(crc32(line.subarray(from, from + head), head))
      for (const kept of alike ?? []) {
        const to = from + kept.bytes.length
        if (to <= line.length && line.compare(kept.bytes, 0, kept.bytes.length, from, to) === 0) return kept
      }
    }
    return undefined
  }

  /** What is made of an object or a list. */
  get(bytes: Buffer, make: () => T): Kept<T> {
    const hash = crc32(bytes)
    const known = this.whole.get(hash)?.find((kept) => kept.bytes.equals(bytes))
    if (known !== undefined) return known
    const kept = { bytes: Buffer.from(bytes), value: make() }
    this.held += bytes.length
    if (this.held > FULL) {
      this.whole.clear()
      this.heads.clear()
      this.held = bytes.length
    }
    add(this.whole, hash, kept, ALIKE)
    const head = HEADS.find((length) => length <= bytes.length)
    if (head !== undefined) add(this.heads, crc32(bytes.subarray(0, head), head), kept, SAME_HEAD)
    return kept
  }
}

function add<T>(index: Map<number, Kept<T>[]>, hash: number, kept: Kept<T>, most: number): void {
  const alike = index.get(hash)
  if (alike === undefined) index.set(hash, [kept])
  else {
    alike.unshift(kept)
    if (alike.length > most) alike.pop()
  }
}
