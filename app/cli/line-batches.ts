/** A line of a stream, from 1, without its end. */
export interface NumberedLine {
  readonly number: number
  readonly bytes: Buffer
}

const NEWLINE = 10
const BYTE_ORDER_MARK = Buffer.from('\uFEFF')

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
    const whole = chunk.subarray(0, end)
    const { lines, last } = linesIn(rest.length === 0 ? whole : Buffer.concat([...rest, whole]), number)
    rest = end === chunk.length ? [] : [chunk.subarray(end)]
    number = last
    yield lines
  }
  if (rest.length > 0) yield linesIn(Buffer.concat(rest), number).lines
}

function linesIn(
  bytes: Buffer,
  before: number,
): { readonly lines: readonly NumberedLine[]; readonly last: number } {
  const lines: NumberedLine[] = []
  let number = before
  let from = before === 0 && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0
  while (from < bytes.length) {
    const found = bytes.indexOf(NEWLINE, from)
    const to = found < 0 ? bytes.length : found
    const line = bytes.subarray(from, to)
    number++
    if (!isBlank(line)) lines.push({ number, bytes: line })
    from = to + 1
  }
  return { lines, last: number }
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false
  return true
}
