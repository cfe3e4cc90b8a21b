import type { Json } from '../../graph/index.ts'
import { GomeisaError, visibleJson } from '../../graph/index.ts'
import type { Simulator } from '../../analyzer/index.ts'

/** Where answers and errors go; `out` resolves when more may be written. */
export interface LineSink {
  out(text: string): Promise<void> | void
  error(error: GomeisaError): void
}

/** Longest line: a question with every role definition of Azure is about 2 MB. */
export const LONGEST_LINE = 64 * 1024 * 1024
/** Answers are written together up to so many characters: a write a line would cost more than the answer. */
const BATCH = 64 * 1024

/**
 * Answers JSON Lines: one question a line, one answer a line, in the same order. Blank lines are skipped. A line that is
 * no question is an error with its number; the others are answered. Resolves to the number of bad lines.
 *
 * @param file how errors call the input
 */
export async function simulateLines(
  input: AsyncIterable<Buffer>,
  file: string,
  simulator: Simulator,
  sink: LineSink,
): Promise<number> {
  let number = 0
  let bad = 0
  let batch = ''
  for await (const line of lines(input, file)) {
    number++
    try {
      const text = decoded(line, file, number)
      if (text.trim() === '') continue
      const answer = simulator.answer(parsed(text, file, number))
      batch += `${visibleJson(JSON.stringify(answer))}\n`
    } catch (error) {
      if (!(error instanceof GomeisaError)) throw error
      bad++
      sink.error(placed(error, file, number))
    }
    if (batch.length >= BATCH) {
      await sink.out(batch)
      batch = ''
    }
  }
  if (batch !== '') await sink.out(batch)
  return bad
}

async function* lines(input: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, end))
      yield held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held)
      held = []
      size = 0
      from = end + 1
    }
    if (from < chunk.length) held.push(chunk.subarray(from))
    size += chunk.length - from
    if (size > LONGEST_LINE)
      throw new GomeisaError('INPUT_TOO_LARGE', `a line is longer than ${LONGEST_LINE} bytes`, {
        place: { file },
        remedy: 'give each question on a line of its own',
      })
  }
  if (size > 0) yield Buffer.concat(held)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function decoded(line: Buffer, file: string, number: number): string {
  try {
    return UTF8.decode(line)
  } catch {
    throw new GomeisaError('INPUT_ENCODING', 'the line is not valid UTF-8', {
      place: { file, line: number },
      remedy: 'write the questions in UTF-8',
    })
  }
}

function parsed(text: string, file: string, number: number): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    const says = cause instanceof Error ? cause.message.replace(/ in JSON.*| \(line.*/s, '') : ''
    throw new GomeisaError('INPUT_SYNTAX', `the line is not well-formed JSON: ${says}`, {
      place: { file, line: number },
      remedy: 'give one whole JSON object a line',
      cause,
    })
  }
}

/** The same error, with the file and the number of the line. */
function placed(error: GomeisaError, file: string, line: number): GomeisaError {
  const { code, message, remedy, candidates, place } = error
  const pointer = place?.pointer === undefined ? {} : { pointer: place.pointer }
  return new GomeisaError(code, message, {
    place: { ...place, ...pointer, file, line },
    ...(remedy === undefined ? {} : { remedy }),
    candidates,
    cause: error,
  })
}
