/**
 * Which principals share the same marks. Marks are numbered in the order in which they are added; a principal's
 * signature is a state of an automaton that a mark moves on, so that marking 300,000 principals is an array walk.
 */
export class Signatures {
  /** Signature of each principal; 0 has no marks. */
  private readonly of: Int32Array
  /** Of each signature: the one it was made from, and the mark that made it. */
  private readonly from: number[] = [0]
  private readonly by: number[] = [-1]
  private readonly excluded: Int32Array
  private marks = 0

  constructor(principals: number) {
    this.of = new Int32Array(principals)
    this.excluded = new Int32Array(principals)
  }

  /** Puts the next mark on `who` without `except`; a number given twice is marked once. */
  add(who: Iterable<number>, except: Int32Array | null): void {
    const mark = this.marks++
    const stamp = mark + 1
    for (const p of except ?? []) this.excluded[p] = stamp
    const next = new Map<number, number>()
    for (const p of who) {
      if (this.excluded[p] === stamp) continue
      this.excluded[p] = stamp
      const signature = this.of[p] ?? 0
      let moved = next.get(signature)
      if (moved === undefined) {
        moved = this.from.push(signature) - 1
        this.by.push(mark)
        next.set(signature, moved)
      }
      this.of[p] = moved
    }
  }

  /** The principals with any mark (or all of them) that pass a test. */
  marked(all: boolean, test: (principal: number) => boolean): number[] {
    const found: number[] = []
    for (const [p, signature] of this.of.entries()) if ((all || signature !== 0) && test(p)) found.push(p)
    return found
  }

  /** Principals by signature, in the order of their first; those without marks only if `all`. */
  groups(all: boolean): { marks: number[]; who: number[] }[] {
    const groups = new Map<number, number[]>()
    for (const [p, signature] of this.of.entries()) {
      if (signature === 0 && !all) continue
      const group = groups.get(signature)
      if (group === undefined) groups.set(signature, [p])
      else group.push(p)
    }
    return [...groups].map(([signature, who]) => ({ marks: this.marksOf(signature), who }))
  }

  private marksOf(signature: number): number[] {
    const marks: number[] = []
    for (let at = signature; at !== 0; at = this.from[at] ?? 0) marks.push(this.by[at] ?? -1)
    return marks.reverse()
  }
}
