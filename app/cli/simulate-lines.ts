import type { Simulate } from '../../analyzer/index.ts'
import { isBadRequest } from '../../analyzer/index.ts'
import type { Json } from '../../graph/index.ts'
import { GomeisaError, isObject, own, visibleJson } from '../../graph/index.ts'

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
  simulate: Simulate,
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
      batch += `${visibleJson(JSON.stringify(answered(text, file, number, simulate)))}\n`
    } catch (error) {
      if (!(error instanceof GomeisaError)) throw error
      bad++
      sink.error(error)
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

function answered(text: string, file: string, line: number, simulate: Simulate): object {
  const question = parsed(text, file, line)
  const wrong = (pointer: string, says: string, remedy: string): GomeisaError =>
    new GomeisaError('INPUT_SHAPE', says, { place: { file, line, pointer }, remedy })
  if (!isObject(question)) throw wrong('', 'the line must be an object', 'give one JSON object a line')
  const id = own(question, 'id') ?? null
  if (id !== null && typeof id !== 'string' && typeof id !== 'number')
    throw wrong('/id', '`/id` must be a text or a number', 'it comes back with the answer')
  const outcome = simulate(question)
  if (isBadRequest(outcome)) throw wrong(outcome.pointer, outcome.wrong, outcome.remedy)
  return { id, ...outcome }
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
