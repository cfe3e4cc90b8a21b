import { GomeisaError } from '../../../graph/index.ts'
import type { BadLine, BlockAnswers } from './answer-block.ts'
import { lineBlocks, LONGEST, type LineBlock } from './line-blocks.ts'

/** Where answers and errors go. */
export interface LineSink {
  /** Answers of a block of lines, without the last line's end. */
  answers(lines: string): void
  bad(error: GomeisaError): void
}

/** Who answers blocks of lines. */
export interface Answering {
  /** So many blocks at once; more only have to be kept. */
  readonly atOnce: number
  answer(block: Buffer): Promise<BlockAnswers>
}

/**
 * Answers requests in JSON Lines, in order, block by block: what is read at once is answered at once, and no more is held
 * than the blocks that are being answered. A line that is no request is told to the sink and skipped; its error has the
 * code of what is wrong with it and its line (1-based). A file that cannot be read throws `INPUT_UNREADABLE`.
 */
export async function simulateLines(
  chunks: AsyncIterable<unknown>,
  file: string,
  answering: Answering,
  sink: LineSink,
): Promise<void> {
  let number = 0
  const tell = ({ lines, answers, bad }: BlockAnswers) => {
    for (const each of bad) sink.bad(failure(file, number + each.line, each))
    if (answers !== '') sink.answers(answers)
    number += lines
  }
  let told: Promise<unknown> = Promise.resolve()
  const open: Promise<unknown>[] = []
  let isFirst = true
  try {
    for await (const block of lineBlocks(readable(chunks, file))) {
      const answered = answersTo(isFirst ? unmarked(block) : block, answering)
      isFirst = false
      told = inTurn(told, answered, tell)
      open.push(told)
      if (open.length >= answering.atOnce) await open.shift()
    }
  } finally {
    await told
  }
}

async function inTurn<T>(
  before: Promise<unknown>,
  answered: Promise<T>,
  tell: (answers: T) => void,
): Promise<void> {
  const [answers] = await Promise.all([answered, before])
  tell(answers)
}

async function* readable(chunks: AsyncIterable<unknown>, file: string): AsyncGenerator {
  try {
    yield* chunks
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read: ${reason}`, {
      place: { file },
      cause: error,
    })
  }
}

function answersTo(block: LineBlock, answering: Answering): Promise<BlockAnswers> {
  return block === 'too-long' ? Promise.resolve(TOO_LONG) : answering.answer(block)
}

const TOO_LONG: BlockAnswers = {
  lines: 1,
  answers: '',
  bad: [
    {
      line: 1,
      code: 'INPUT_TOO_LARGE',
      says: `the line is longer than ${LONGEST >> 20} MiB`,
      remedy: undefined,
      pointer: undefined,
    },
  ],
}

function failure(file: string, line: number, { code, says, remedy, pointer = '' }: BadLine): GomeisaError {
  return new GomeisaError(code, says, {
    place: { file, line, pointer },
    remedy: remedy ?? 'every line is one request as JSON; docs/simulate.md describes it',
  })
}

/** The byte order mark of UTF-8, with which some programs begin a file. */
const MARK = Buffer.from('\uFEFF')

function unmarked(block: LineBlock): LineBlock {
  if (block === 'too-long' || !block.subarray(0, MARK.length).equals(MARK)) return block
  return block.subarray(MARK.length)
}
