import type { Lists } from '../state.ts'

/** Gives equal texts equal numbers. */
export class TextPool {
  readonly texts: string[] = []
  private readonly known = new Map<string, number>()

  add(text: string): number {
    const known = this.known.get(text)
    if (known !== undefined) return known
    this.known.set(text, this.texts.length)
    this.texts.push(text)
    return this.texts.length - 1
  }
}

/**
 * Gives equal lists of 32-bit integers equal numbers: a hash table over the lists themselves, because most lists are
 * distinct and a text as key for each would cost more than all the rest of reading a policy.
 */
export class ListPool {
  private offsets = new Int32Array(1024)
  private items = new Int32Array(4096)
  private hashes = new Int32Array(1024)
  /** Numbers of lists by hash, plus one; open addressing. */
  private table = new Int32Array(4096)
  private size = 0

  add(list: ArrayLike<number>): number {
    const hash = hashOf(list)
    const mask = this.table.length - 1
    let slot = hash & mask
    for (let at = this.table[slot] ?? 0; at !== 0; at = this.table[slot] ?? 0) {
      if (this.hashes[at - 1] === hash && this.equals(at - 1, list)) return at - 1
      slot = (slot + 1) & mask
    }
    const id = this.append(list, hash)
    this.table[slot] = id + 1
    if (this.size * 2 > this.table.length) this.rehash()
    return id
  }

  get length(): number {
    return this.size
  }

  columns(): Lists {
    const end = this.offsets[this.size] ?? 0
    return { offsets: this.offsets.slice(0, this.size + 1), items: this.items.slice(0, end) }
  }

  private append(list: ArrayLike<number>, hash: number): number {
    const id = this.size++
    const start = this.offsets[id] ?? 0
    const end = start + list.length
    if (id + 2 > this.offsets.length) this.offsets = grown(this.offsets, id + 2)
    if (id + 1 > this.hashes.length) this.hashes = grown(this.hashes, id + 1)
    if (end > this.items.length) this.items = grown(this.items, end)
    for (let i = 0; i < list.length; i++) this.items[start + i] = list[i] ?? 0
    this.offsets[id + 1] = end
    this.hashes[id] = hash
    return id
  }

  private equals(id: number, list: ArrayLike<number>): boolean {
    const start = this.offsets[id] ?? 0
    if ((this.offsets[id + 1] ?? 0) - start !== list.length) return false
    for (let i = 0; i < list.length; i++) if (this.items[start + i] !== list[i]) return false
    return true
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 4)
    const mask = table.length - 1
    for (let id = 0; id < this.size; id++) {
      let slot = (this.hashes[id] ?? 0) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = id + 1
    }
    this.table = table
  }
}

/** FNV-1a over 32-bit units, then mixed: the table looks at the low bits only. */
function hashOf(list: ArrayLike<number>): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < list.length; i++) hash = Math.imul(hash ^ (list[i] ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function grown(column: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, column.length * 2))
  larger.set(column)
  return larger
}

/** Lists in the order in which they are given. */
export class ListColumn {
  private readonly offsets: number[] = [0]
  private readonly items: number[] = []

  push(list: ArrayLike<number>): void {
    for (let i = 0; i < list.length; i++) this.items.push(list[i] ?? 0)
    this.offsets.push(this.items.length)
  }

  columns(): Lists {
    return { offsets: new Int32Array(this.offsets), items: new Int32Array(this.items) }
  }
}

/** The items of list `i`, as a view. */
export function listAt(lists: Lists, i: number): Int32Array {
  return lists.items.subarray(lists.offsets[i] ?? 0, lists.offsets[i + 1] ?? 0)
}
