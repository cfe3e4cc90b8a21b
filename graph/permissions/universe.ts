import { isWild, literalPrefix, matches } from './pattern.ts'
import { PermissionSet } from './permission-set.ts'

/**
 * The permission names of one cloud, interned: sorted by their folded (lower-case) form, so that a prefix is a range.
 * Lookups fold case, as AWS and Azure do; GCP names differ by more than case, so folding them is harmless.
 */
export class PermissionUniverse {
  /** Display spelling, by index. */
  readonly names: readonly string[]
  private readonly folded: readonly string[]
  private readonly expansions = new Map<string, PermissionSet>()

  /** Duplicate spellings (by folded form) keep the first. */
  constructor(names: Iterable<string>) {
    const byFolded = new Map<string, string>()
    for (const name of names) {
      const folded = name.toLowerCase()
      if (!byFolded.has(folded)) byFolded.set(folded, name)
    }
    this.folded = [...byFolded.keys()].sort()
    this.names = this.folded.map((name) => byFolded.get(name) ?? name)
  }

  get size(): number {
    return this.names.length
  }

  get none(): PermissionSet {
    return PermissionSet.none(this.size)
  }

  get all(): PermissionSet {
    return PermissionSet.all(this.size)
  }

  indexOf(name: string): number | undefined {
    const folded = name.toLowerCase()
    const i = this.lowerBound(folded)
    return this.folded[i] === folded ? i : undefined
  }

  /** The permissions a pattern names; cached, so the result is shared and must not be changed. */
  expand(pattern: string): PermissionSet {
    const folded = pattern.toLowerCase()
    const known = this.expansions.get(folded)
    if (known !== undefined) return known
    const made = PermissionSet.of(this.size, this.search(folded))
    this.expansions.set(folded, made)
    return made
  }

  /** The display names of a set, sorted. */
  *namesOf(set: PermissionSet): Generator<string> {
    for (const i of set.indexes()) yield this.names[i] ?? ''
  }

  private *search(folded: string): Generator<number> {
    if (!isWild(folded)) {
      const i = this.indexOf(folded)
      if (i !== undefined) yield i
      return
    }
    const prefix = literalPrefix(folded)
    const rest = folded.slice(prefix.length)
    const anyRest = rest === '*'
    for (let i = this.lowerBound(prefix); i < this.folded.length; i++) {
      const name = this.folded[i] ?? ''
      if (!name.startsWith(prefix)) return
      if (anyRest || matches(rest, name.slice(prefix.length))) yield i
    }
  }

  private lowerBound(folded: string): number {
    let low = 0
    let high = this.folded.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.folded[middle] ?? '') < folded) low = middle + 1
      else high = middle
    }
    return low
  }
}
