import { push } from '../../multimap.ts'

/** Numbers filed under texts, found by what another text begins with: a few comparisons, however many texts there are. */
export class Prefixes {
  private readonly lists = new Map<string, number[]>()
  private known: Order | undefined

  add(text: string, item: number): void {
    if (this.lists.get(text)?.at(-1) === item) return
    push(this.lists, text, item)
    this.known = undefined
  }

  /** The lists of all the texts that a text begins with. */
  of(text: string): readonly (readonly number[])[] {
    const { texts, parents } = (this.known ??= inOrder(this.lists.keys()))
    const found: (readonly number[])[] = []
    // Whatever lies between a text and one that it begins with begins with that one too.
    for (let at = lastUpTo(texts, text); at >= 0; at = parents[at] ?? -1) {
      const prefix = texts[at] ?? ''
      if (text.startsWith(prefix)) found.push(this.lists.get(prefix) ?? [])
    }
    return found
  }
}

interface Order {
  /** Sorted by UTF-16 units. */
  readonly texts: readonly string[]
  /** Of each text, the place of the longest other one that it begins with; -1: none. */
  readonly parents: Int32Array
}

function inOrder(given: Iterable<string>): Order {
  const texts = [...given].sort()
  const parents = new Int32Array(texts.length)
  const open: number[] = []
  for (const [i, text] of texts.entries()) {
    while (open.length > 0 && !text.startsWith(texts[open.at(-1) ?? -1] ?? '')) open.pop()
    parents[i] = open.at(-1) ?? -1
    open.push(i)
  }
  return { texts, parents }
}

/** The place of the last text that does not come after the wanted one, or -1. */
function lastUpTo(sorted: readonly string[], wanted: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
