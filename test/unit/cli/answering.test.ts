import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { simulatorOf } from '../../../analyzer/index.ts'
import { answeringHere, AnsweringThreads } from '../../../app/cli/simulate/answering.ts'
import { simulateLines, type Answering } from '../../../app/cli/simulate/simulate-lines.ts'
import { requestLine } from '../../bench/simulate-aws-lines.ts'

let threads: AnsweringThreads | undefined
afterEach(() => threads?.close())

/** Requests with lines between them that are none. */
const LINES = 3_000
const input = Buffer.from(
  Array.from({ length: LINES }, (_, i) => (i % 701 === 700 ? `no request ${i}` : requestLine(i))).join('\n'),
)

async function answered(answering: Answering, size: number): Promise<{ answers: string; bad: number[] }> {
  const chunks = Array.from({ length: Math.ceil(input.length / size) }, (_, i) =>
    input.subarray(i * size, (i + 1) * size),
  )
  const answers: string[] = []
  const bad: number[] = []
  await simulateLines(Readable.from(chunks), 'in.jsonl', answering, {
    answers: (lines) => answers.push(lines),
    bad: (error) => bad.push(error.place?.line ?? 0),
  })
  return { answers: answers.join('\n'), bad }
}

describe('lines that threads answer', () => {
  it.each([100_000, 1 << 20])(
    'are answered as one thread answers them, in their order: %i bytes at once',
    async (size) => {
      const simulator = await simulatorOf('aws')
      threads = new AnsweringThreads('aws', simulator, { threads: 3, alone: 200_000 })
      const alone = await answered(answeringHere(simulator), size)
      expect(alone.answers.split('\n')).toHaveLength(LINES - 4)
      expect(alone.bad).toEqual([701, 1402, 2103, 2804])
      expect(await answered(threads, size)).toEqual(alone)
    },
  )

  it('are told to be unanswered when the threads have ended', async () => {
    threads = new AnsweringThreads('aws', await simulatorOf('aws'), { threads: 2, alone: 0 })
    const open = expect(threads.answer(input)).rejects.toMatchObject({ code: 'INTERNAL' })
    await threads.close()
    await open
  })
})
