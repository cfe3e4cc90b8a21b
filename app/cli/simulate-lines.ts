import { isUtf8 } from 'node:buffer'
import type { Simulate } from '../../analyzer/index.ts'
import { isBadRequest } from '../../analyzer/index.ts'
import type { JsonObject } from '../../graph/index.ts'
import { GomeisaError, isObject, own } from '../../graph/index.ts'

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
  simulate: Simulate,
  sink: LineSink,
): Promise<void> {
  const lines = new Lines(file, simulate, sink)
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
  private readonly simulate: Simulate
  private readonly sink: LineSink
  private pending: Buffer[] = []
  private held = 0
  private number = 0
  private isSkipping = false

  constructor(file: string, simulate: Simulate, sink: LineSink) {
    this.file = file
    this.simulate = simulate
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
    for (const line of isUtf8(whole) ? whole.toString('utf8').split('\n') : decoded(whole)) {
      this.number++
      const answer = this.answer(line)
      if (answer !== undefined) answers.push(answer)
    }
    if (answers.length > 0) this.sink.answers(answers.join('\n'))
  }

  private answer(text: string | null): string | undefined {
    if (text === null) return this.fail('INPUT_ENCODING', 'the line is no UTF-8', this.number)
    const line = this.number === 1 ? text.replace(/^\ufeff/, '') : text
    if (line.trim() === '') return undefined
    let request: unknown
    try {
      request = JSON.parse(line)
    } catch (error) {
      return this.fail(
        'INPUT_SYNTAX',
        `the line is no JSON: ${error instanceof Error ? error.message : ''}`,
        this.number,
      )
    }
    if (!isObject(request)) return this.fail('INPUT_SHAPE', 'the line is no JSON object', this.number)
    const id = idOf(request)
    if (id === undefined) return this.fail('INPUT_SHAPE', '`id` is no text and no number', this.number)
    const outcome = this.simulate(request)
    if (isBadRequest(outcome)) {
      return this.fail('INPUT_SHAPE', outcome.wrong, this.number, outcome.pointer, outcome.remedy)
    }
    return JSON.stringify({ id, ...outcome })
  }

  private fail(
    code: 'INPUT_TOO_LARGE' | 'INPUT_ENCODING' | 'INPUT_SYNTAX' | 'INPUT_SHAPE',
    says: string,
    line: number,
    pointer = '',
    remedy = 'every line is one request as JSON; docs/simulate.md describes it',
  ): string | undefined {
    this.sink.bad(new GomeisaError(code, says, { place: { file: this.file, line, pointer }, remedy }))
    return undefined
  }
}

/** The request's own name for itself, given back with the answer. */
function idOf(request: JsonObject): string | number | undefined {
  const id = own(request, 'id')
  return typeof id === 'string' || typeof id === 'number' ? id : undefined
}

/** The lines of a block of which one is no UTF-8, which is `null`. */
function* decoded(block: Buffer): Generator<string | null> {
  for (let start = 0; start <= block.length;) {
    const found = block.indexOf(NEWLINE, start)
    const end = found < 0 ? block.length : found
    const line = block.subarray(start, end)
    yield isUtf8(line) ? line.toString('utf8') : null
    start = end + 1
  }
}
