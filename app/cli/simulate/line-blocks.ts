/** Longest line, in bytes: a request with every policy of a large organization is a few megabytes. */
export const LONGEST = 64 << 20
const NEWLINE = 10

/** Whole lines, joined by their ends, the last without its own; or a line that is longer than `LONGEST`. */
export type LineBlock = Buffer | 'too-long'

/** Cuts what is read into whole lines: what comes at once stays together. No more is held than one line and what came last. */
export async function* lineBlocks(chunks: AsyncIterable<unknown>): AsyncGenerator<LineBlock> {
  let held: Buffer[] = []
  let size = 0
  let isSkipping = false
  for await (const read of chunks) {
    let chunk = read instanceof Uint8Array ? Buffer.from(read) : Buffer.from(String(read))
    if (isSkipping) {
      const end = chunk.indexOf(NEWLINE)
      if (end < 0) continue
      chunk = chunk.subarray(end + 1)
      isSkipping = false
    }
    // A line that began before is a block of its own, so that not the whole chunk must be copied behind it.
    const first = size === 0 ? -1 : chunk.indexOf(NEWLINE)
    if (first >= 0) {
      yield Buffer.concat([...held, chunk.subarray(0, first)])
      held = []
      size = 0
      chunk = chunk.subarray(first + 1)
    }
    const last = chunk.lastIndexOf(NEWLINE)
    if (last >= 0) yield chunk.subarray(0, last)
    const rest = chunk.subarray(last + 1)
    if (rest.length === 0) continue
    held.push(rest)
    size += rest.length
    if (size <= LONGEST) continue
    yield 'too-long'
    isSkipping = true
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
