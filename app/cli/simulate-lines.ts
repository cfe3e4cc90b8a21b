import { isUtf8 } from 'node:buffer'
import type { LineSimulator } from '../../analyzer/index.ts'
import { GomeisaError, type ErrorCode } from '../../graph/index.ts'

/** Where answers and errors go. */
export interface LineSink {
  /** Answers of a block of lines, without the last line's end. */
  answers(lines: string): void
  bad(error: GomeisaError): void
}

/** Longest line, in bytes: a request with every policy of a large organization is a few megabytes. */
const LONGEST = 64 << 20
const NEWLINE = 10

/**
 * Answers requests in JSON Lines, in order, block by block: what is read at once is answered at once, and no more than a
 * block is held. A line that is no request is told to the sink and skipped; its error has the code of what is wrong with
 * it and its line (1-based). A file that cannot be read throws `INPUT_UNREADABLE`.
 */
export async function simulateLines(
  chunks: AsyncIterable<unknown>,
  file: string,
  simulator: LineSimulator,
  sink: LineSink,
): Promise<void> {
  const lines = new Lines(file, simulator, sink)
  try {
    for await (const chunk of chunks)
      lines.take(chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.from(String(chunk)))
  } catch (error) {
    if (error instanceof GomeisaError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read: ${reason}`, {
      place: { file },
      cause: error,
    })
  }
  lines.end()
}

class Lines {
  private readonly file: string
  private readonly simulator: LineSimulator
  private readonly sink: LineSink
  private pending: Buffer[] = []
  private held = 0
  private number = 0
  private isSkipping = false

  constructor(file: string, simulator: LineSimulator, sink: LineSink) {
    this.file = file
    this.simulator = simulator
    this.sink = sink
  }

  take(chunk: Buffer): void {
    const last = chunk.lastIndexOf(NEWLINE)
    if (last < 0) {
      this.hold(chunk)
      return
    }
    this.block(chunk.subarray(0, last))
    if (last + 1 < chunk.length) this.hold(chunk.subarray(last + 1))
  }

  end(): void {
    if (this.held > 0 || this.isSkipping) this.block(Buffer.alloc(0))
  }

  /** Keeps the beginning of a line until its end comes; of a line that is too long nothing is kept. */
  private hold(piece: Buffer): void {
    if (this.isSkipping) return
    this.held += piece.length
    this.pending.push(piece)
    if (this.held <= LONGEST) return
    this.fail('INPUT_TOO_LARGE', `the line is longer than ${LONGEST >> 20} MiB`, this.number + 1)
    this.isSkipping = true
    this.pending = []
    this.held = 0
  }

  /** Whole lines, joined by their ends; the first goes on from what is held. */
  private block(bytes: Buffer): void {
    let whole = this.held === 0 ? bytes : Buffer.concat([...this.pending, bytes])
    this.pending = []
    this.held = 0
    if (this.isSkipping) {
      this.isSkipping = false
      this.number++
      const next = whole.indexOf(NEWLINE)
      if (next < 0) return
      whole = whole.subarray(next + 1)
    }
    const answers: string[] = []
    const isText = isUtf8(whole)
    for (let from = 0; from <= whole.length;) {
      const found = whole.indexOf(NEWLINE, from)
      const to = found < 0 ? whole.length : found
      this.number++
      const answer = this.answer(whole.subarray(from, to), isText)
      if (answer !== undefined) answers.push(answer)
      from = to + 1
    }
    if (answers.length > 0) this.sink.answers(answers.join('\n'))
  }

  private answer(bytes: Buffer, isText: boolean): string | undefined {
    if (!isText && !isUtf8(bytes)) {
      this.fail('INPUT_ENCODING', 'the line is no UTF-8', this.number, 'write the line as UTF-8')
      return undefined
    }
    const isMarked = this.number === 1 && bytes.subarray(0, MARK.length).equals(MARK)
    const line = isMarked ? bytes.subarray(MARK.length) : bytes
    if (isBlank(line)) return undefined
    try {
      return this.simulator.answer(line)
    } catch (error) {
      if (!(error instanceof GomeisaError)) throw error
      this.fail(error.code, error.message, this.number, error.remedy, error.place?.pointer)
      return undefined
    }
  }

  private fail(
    code: ErrorCode,
    says: string,
    line: number,
    remedy = 'every line is one request as JSON; docs/simulate.md describes it',
    pointer = '',
  ): void {
    this.sink.bad(new GomeisaError(code, says, { place: { file: this.file, line, pointer }, remedy }))
  }
}

/** The byte order mark of UTF-8, with which some programs begin a file. */
const MARK = Buffer.from('\uFEFF')

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false
  return true
}
