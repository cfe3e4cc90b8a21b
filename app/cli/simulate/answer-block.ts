import { isUtf8 } from 'node:buffer'
import type { LineSimulator } from '../../../analyzer/index.ts'
import { GomeisaError, type ErrorCode } from '../../../graph/index.ts'

/** A line that is no request. */
export interface BadLine {
  /** Counted from 1 in its block. */
  readonly line: number
  readonly code: ErrorCode
  readonly says: string
  readonly remedy: string | undefined
  /** JSON pointer to the field. */
  readonly pointer: string | undefined
}

/** What became of a block of lines; can be sent between threads. */
export interface BlockAnswers {
  readonly lines: number
  /** The answers, one line each, without the last one's end; empty: there are none. */
  readonly answers: string
  readonly bad: readonly BadLine[]
}

const NEWLINE = 10

/** Answers whole lines, joined by their ends. Blank lines are none. */
export function answerBlock(block: Buffer, simulator: LineSimulator): BlockAnswers {
  const answers: string[] = []
  const bad: BadLine[] = []
  const isText = isUtf8(block)
  let number = 0
  for (let from = 0; from <= block.length;) {
    const found = block.indexOf(NEWLINE, from)
    const to = found < 0 ? block.length : found
    const line = block.subarray(from, to)
    from = to + 1
    number++
    if (isBlank(line)) continue
    if (!isText && !isUtf8(line)) {
      const says = {
        code: 'INPUT_ENCODING',
        says: 'the line is no UTF-8',
        remedy: 'write the line as UTF-8',
      } as const
      bad.push({ line: number, ...says, pointer: undefined })
      continue
    }
    try {
      answers.push(simulator.answer(line))
    } catch (error) {
      if (!(error instanceof GomeisaError)) throw error
      const { code, message, remedy, place } = error
      bad.push({ line: number, code, says: message, remedy, pointer: place?.pointer })
    }
  }
  return { lines: number, answers: answers.join('\n'), bad }
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false
  return true
}
