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

/** Gives equal lists of numbers equal numbers. */
export class ListPool {
  private readonly offsets: number[] = [0]
  private readonly items: number[] = []
  private readonly known = new Map<string, number>()
  /** Most lists have one item; they need no text as key. */
  private readonly single = new Map<number, number>()

  add(list: readonly number[]): number {
    const [only] = list
    const key = list.length === 1 ? undefined : list.join()
    const known =
      key === undefined ? (only === undefined ? undefined : this.single.get(only)) : this.known.get(key)
    if (known !== undefined) return known
    const id = this.offsets.length - 1
    if (key !== undefined) this.known.set(key, id)
    else if (only !== undefined) this.single.set(only, id)
    for (const item of list) this.items.push(item)
    this.offsets.push(this.items.length)
    return id
  }

  columns(): Lists {
    return { offsets: Int32Array.from(this.offsets), items: Int32Array.from(this.items) }
  }
}

/** Lists in the order in which they are given. */
export class ListColumn {
  private readonly offsets: number[] = [0]
  private readonly items: number[] = []

  push(list: Iterable<number>): void {
    for (const item of list) this.items.push(item)
    this.offsets.push(this.items.length)
  }

  columns(): Lists {
    return { offsets: Int32Array.from(this.offsets), items: Int32Array.from(this.items) }
  }
}

/** The items of list `i`, as a view. */
export function listAt(lists: Lists, i: number): Int32Array {
  return lists.items.subarray(lists.offsets[i] ?? 0, lists.offsets[i + 1] ?? 0)
}
