import type { Place } from '../../../graph/index.ts'

/** Line and column (1-based, in bytes) of an offset. */
export function placeAt(file: string, bytes: Uint8Array, offset: number): Place {
  let line = 1
  let start = 0
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start)
    if (end === -1 || end >= offset) break
    line++
    start = end + 1
  }
  return { file, line, column: offset - start + 1 }
}

const LINE_FEED = 10
