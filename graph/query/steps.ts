/** How much doubt a step carries: 0 certain, 1 conditional, 2 unknown. Rises with `CERTAINTIES`. */
export type Doubt = 0 | 1 | 2

/** The steps at one side of every node, in compressed sparse rows: row `n` is `offsets[n] … offsets[n + 1]`. */
export interface Rows {
  readonly offsets: Uint32Array
  /** The node at the other side of each step. */
  readonly ends: Uint32Array
  /** The number of each step, as it was given; rising within a row. */
  readonly steps: Uint32Array
  readonly doubts: Uint8Array
}

/** A directed graph over dense node numbers `0 … size - 1`. Parallel steps and loops are allowed. */
export interface StepGraph {
  readonly size: number
  readonly steps: number
  /** Steps that leave a node. */
  readonly out: Rows
  /** Steps that lead into a node. */
  readonly into: Rows
  /** The doubts that occur, rising: a search for one that does not occur can be left out. */
  readonly doubts: readonly Doubt[]
}

/** Builds both sides of the graph in linear time. The three lists are equally long; `from` and `to` are below `size`. */
export function stepGraph(size: number, from: Uint32Array, to: Uint32Array, doubts: Uint8Array): StepGraph {
  const occurs = new Set(doubts)
  return {
    size,
    steps: from.length,
    out: rows(size, from, to, doubts),
    into: rows(size, to, from, doubts),
    doubts: ([0, 1, 2] as const).filter((doubt) => occurs.has(doubt)),
  }
}

/** A counting sort by `keys`, stable, so that rows keep the order in which the steps were given. */
function rows(size: number, keys: Uint32Array, others: Uint32Array, doubts: Uint8Array): Rows {
  const offsets = new Uint32Array(size + 1)
  for (const key of keys) offsets[key + 1]!++
  for (let n = 0; n < size; n++) offsets[n + 1]! += offsets[n]!
  const next = offsets.slice(0, size)
  const ends = new Uint32Array(keys.length)
  const steps = new Uint32Array(keys.length)
  const sorted = new Uint8Array(keys.length)
  for (let step = 0; step < keys.length; step++) {
    const place = next[keys[step]!]!++
    ends[place] = others[step]!
    steps[place] = step
    sorted[place] = doubts[step]!
  }
  return { offsets, ends, steps, doubts: sorted }
}
