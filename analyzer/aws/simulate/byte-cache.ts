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
  /** By the hash of as many first bytes as `HEADS` says. */
  private readonly heads = HEADS.map(() => new Map<number, Kept<T>[]>())
  /** What came last: policies of an organization come with every line. */
  private last: Kept<T> | undefined
  private held = 0

  /** What was made of the object or list that begins at a place, if it is known. It ends where it ends, whatever follows. */
  at(line: Buffer, from: number): Kept<T> | undefined {
    if (this.last !== undefined && isAt(line, from, this.last.bytes)) return this.last
    for (let i = 0; i < HEADS.length; i++) {
      const [head, known] = [HEADS[i] ?? 0, this.heads[i]]
      if (known === undefined || known.size === 0 || from + head > line.length) continue
      for (const kept of known.get(crc32(line.subarray(from, from + head), head)) ?? []) {
        if (isAt(line, from, kept.bytes)) return (this.last = kept)
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
      for (const known of this.heads) known.clear()
      this.last = undefined
      this.held = bytes.length
    }
    add(this.whole, hash, kept, ALIKE)
    const i = HEADS.findIndex((length) => length <= bytes.length)
    const [head, heads] = [HEADS[i], this.heads[i]]
    if (head !== undefined && heads !== undefined)
      add(heads, crc32(bytes.subarray(0, head), head), kept, SAME_HEAD)
    return kept
  }
}

function isAt(line: Buffer, from: number, bytes: Buffer): boolean {
  const to = from + bytes.length
  // Texts that differ often do so at their ends, and a look there needs no call.
  if (to > line.length || line[to - 2] !== bytes[bytes.length - 2]) return false
  return line.compare(bytes, 0, bytes.length, from, to) === 0
}

function add<T>(index: Map<number, Kept<T>[]>, hash: number, kept: Kept<T>, most: number): void {
  const alike = index.get(hash)
  if (alike === undefined) index.set(hash, [kept])
  else {
    alike.unshift(kept)
    if (alike.length > most) alike.pop()
  }
}
