import { isUtf8 } from 'node:buffer'

/** A line of a stream, from 1. `text` is `undefined` when its bytes are no UTF-8. */
export interface NumberedLine {
  readonly number: number
  readonly text: string | undefined
}

const NEWLINE = 10
const BYTE_ORDER_MARK = '\uFEFF'

/** The lines of a stream of bytes that are not empty, in batches as they come. */
export async function* lineBatches(stream: AsyncIterable<Buffer>): AsyncGenerator<readonly NumberedLine[]> {
  let rest: Buffer[] = []
  let number = 0
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(NEWLINE) + 1
    if (end === 0) {
      rest.push(chunk)
      continue
    }
    const whole =
      rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)])
    rest = end === chunk.length ? [] : [chunk.subarray(end)]
    const lines = linesIn(whole, number)
    number = lines.at(-1)?.number ?? number
    yield lines.filter(isSaying)
  }
  if (rest.length > 0) yield linesIn(Buffer.concat(rest), number).filter(isSaying)
}

/** Lines of whole bytes; decoded together where that works, which is faster. */
function linesIn(bytes: Buffer, before: number): readonly NumberedLine[] {
  const ends = bytes.at(-1) === NEWLINE ? bytes.subarray(0, -1) : bytes
  if (isUtf8(ends)) {
    return ends
      .toString()
      .split('\n')
      .map((text, i) => ({ number: before + i + 1, text: before + i === 0 ? withoutMark(text) : text }))
  }
  const lines: NumberedLine[] = []
  for (let from = 0; from <= ends.length;) {
    const found = ends.indexOf(NEWLINE, from)
    const to = found < 0 ? ends.length : found
    const line = ends.subarray(from, to)
    lines.push({ number: before + lines.length + 1, text: isUtf8(line) ? line.toString() : undefined })
    from = to + 1
  }
  return lines
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

function isSaying({ text }: NumberedLine): boolean {
  return text === undefined || text.trim() !== ''
}
