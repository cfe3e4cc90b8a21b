import { GomeisaError } from '../model/errors.ts'

/**
 * An immutable set of permissions of one universe, as a bit set (bit i of word i >>> 5 = permission i).
 * Sets of different universes do not mix: an operation between them throws `INTERNAL`.
 */
export class PermissionSet {
  readonly size: number
  readonly words: Uint32Array

  /** `words` is taken over, not copied; bits at and above `size` must be zero. */
  constructor(size: number, words: Uint32Array) {
    this.size = size
    this.words = words
  }

  static none(size: number): PermissionSet {
    return new PermissionSet(size, new Uint32Array((size + 31) >>> 5))
  }

  static all(size: number): PermissionSet {
    const words = new Uint32Array((size + 31) >>> 5).fill(0xffffffff)
    if ((size & 31) !== 0) words[words.length - 1] = (1 << (size & 31)) - 1
    return new PermissionSet(size, words)
  }

  static of(size: number, indexes: Iterable<number>): PermissionSet {
    const words = new Uint32Array((size + 31) >>> 5)
    for (const i of indexes) words[i >>> 5] = (words[i >>> 5] ?? 0) | (1 << (i & 31))
    return new PermissionSet(size, words)
  }

  has(index: number): boolean {
    return (((this.words[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1
  }

  union(other: PermissionSet): PermissionSet {
    return this.combine(other, (a, b) => a | b)
  }

  intersect(other: PermissionSet): PermissionSet {
    return this.combine(other, (a, b) => a & b)
  }

  minus(other: PermissionSet): PermissionSet {
    return this.combine(other, (a, b) => a & ~b)
  }

  complement(): PermissionSet {
    return PermissionSet.all(this.size).minus(this)
  }

  isSubsetOf(other: PermissionSet): boolean {
    this.sameUniverse(other)
    return this.words.every((word, i) => (word & ~(other.words[i] ?? 0)) === 0)
  }

  intersects(other: PermissionSet): boolean {
    this.sameUniverse(other)
    return this.words.some((word, i) => (word & (other.words[i] ?? 0)) !== 0)
  }

  equals(other: PermissionSet): boolean {
    this.sameUniverse(other)
    return this.words.every((word, i) => word === other.words[i])
  }

  get isEmpty(): boolean {
    return this.words.every((word) => word === 0)
  }

  /** How many permissions it holds. */
  get count(): number {
    let n = 0
    for (const word of this.words) n += popcount(word)
    return n
  }

  /** The indexes it holds, rising. */
  *indexes(): Generator<number> {
    for (let w = 0; w < this.words.length; w++) {
      let word = this.words[w] ?? 0
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word)
        yield (w << 5) | bit
        word &= word - 1
      }
    }
  }

  private combine(other: PermissionSet, op: (a: number, b: number) => number): PermissionSet {
    this.sameUniverse(other)
    const out = new Uint32Array(this.words.length)
    for (let i = 0; i < out.length; i++) out[i] = op(this.words[i] ?? 0, other.words[i] ?? 0)
    return new PermissionSet(this.size, out)
  }

  private sameUniverse(other: PermissionSet): void {
    if (other.size !== this.size) {
      throw new GomeisaError(
        'INTERNAL',
        `permission sets of universes of ${this.size} and ${other.size} do not mix`,
      )
    }
  }
}

function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  x = (x + (x >>> 4)) & 0x0f0f0f0f
  return Math.imul(x, 0x01010101) >>> 24
}
