import type { Estate } from '../evaluate/estate.ts'
import type { Lists } from '../state.ts'

/** Where things are held: the documents that have a statement, the layer sets that have a document as identity policy. */
export interface Containers {
  readonly documents: Lists
  readonly sets: Lists
}

export function containersOf({ state }: Estate): Containers {
  return {
    documents: inverted(state.documents.statements, state.statements.flags.length),
    sets: inverted(state.layerSets.identity, state.documents.single.length),
  }
}

/** For each of `count` items, the lists that it is in, in their order and each once. */
function inverted({ offsets, items }: Lists, count: number): Lists {
  const lists = offsets.length - 1
  const last = new Int32Array(count).fill(-1)
  const starts = new Int32Array(count + 1)
  const visit = (take: (item: number, list: number) => void) => {
    last.fill(-1)
    for (let list = 0; list < lists; list++) {
      for (let i = offsets[list] ?? 0; i < (offsets[list + 1] ?? 0); i++) {
        const item = items[i] ?? 0
        if (last[item] === list) continue
        last[item] = list
        take(item, list)
      }
    }
  }
  visit((item) => {
    starts[item + 1] = (starts[item + 1] ?? 0) + 1
  })
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0)
  const next = starts.slice()
  const found = new Int32Array(starts[count] ?? 0)
  visit((item, list) => {
    const at = next[item] ?? 0
    found[at] = list
    next[item] = at + 1
  })
  return { offsets: starts, items: found }
}
