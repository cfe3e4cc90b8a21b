import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ObjectSimulator } from '../../../analyzer/object-simulator.ts'
import { answeringHere } from '../../../app/cli/simulate/answering.ts'
import { simulateLines } from '../../../app/cli/simulate/simulate-lines.ts'
import type { GomeisaError } from '../../../graph/index.ts'

/** Answers with the length of the request's text, so that mixed-up lines would show. */
async function answered(
  input: Buffer | string,
  size: number,
): Promise<{ answers: unknown[]; bad: GomeisaError[] }> {
  const bytes = Buffer.from(input)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
  const answers: unknown[] = []
  const bad: GomeisaError[] = []
  await simulateLines(
    Readable.from(chunks),
    'in.jsonl',
    answeringHere(
      new ObjectSimulator((request) =>
        typeof request['says'] === 'string'
          ? { decision: 'allowed', decidedBy: request['says'], because: [] }
          : { pointer: '/says', wrong: '`says` is no text', remedy: 'say something' },
      ),
    ),
    {
      answers: (lines) => answers.push(...lines.split('\n').map((line): unknown => JSON.parse(line))),
      bad: (error) => bad.push(error),
    },
  )
  return { answers, bad }
}

const line = (id: number | string, says: unknown): string => JSON.stringify({ id, says })

describe('requests in lines', () => {
  it.each([1, 2, 7, 64, 1 << 20])('are answered in order, however they are cut: %i bytes', async (size) => {
    const input = `\ufeff${line(1, 'ä€😀')}\n\n${line('b', 'x'.repeat(300))}\r\n   \n${line(3, 'end')}`
    const { answers, bad } = await answered(input, size)
    expect(bad).toEqual([])
    expect(answers).toEqual([
      { id: 1, decision: 'allowed', decidedBy: 'ä€😀', because: [] },
      { id: 'b', decision: 'allowed', decidedBy: 'x'.repeat(300), because: [] },
      { id: 3, decision: 'allowed', decidedBy: 'end', because: [] },
    ])
  })

  it.each([3, 1 << 20])(
    'that are none are told with their place, and the others answered: %i bytes',
    async (size) => {
      const input = Buffer.concat([
        Buffer.from(`${line(1, 'a')}\nnonsense\n[1]\n{"says":"no id"}\n${line(5, 7)}\n`),
        Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
        Buffer.from(`${line(7, 'z')}\n`),
      ])
      const { answers, bad } = await answered(input, size)
      expect(answers).toMatchObject([{ id: 1 }, { id: 7 }])
      expect(bad.map(({ code, place }) => [code, place?.line, place?.pointer])).toEqual([
        ['INPUT_SYNTAX', 2, ''],
        ['INPUT_SHAPE', 3, ''],
        ['INPUT_SHAPE', 4, ''],
        ['INPUT_SHAPE', 5, '/says'],
        ['INPUT_ENCODING', 6, ''],
      ])
      expect(bad.every(({ remedy, place }) => remedy !== undefined && place?.file === 'in.jsonl')).toBe(true)
    },
  )

  it('that are too long are skipped up to their end', async () => {
    const input = Buffer.concat([
      Buffer.from(`${line(1, 'a')}\n"`),
      Buffer.alloc(70 << 20, 0x61),
      Buffer.from(`"\n${line(3, 'c')}\n`),
    ])
    const { answers, bad } = await answered(input, 4 << 20)
    expect(answers).toMatchObject([{ id: 1 }, { id: 3 }])
    expect(bad.map(({ code, place }) => [code, place?.line])).toEqual([['INPUT_TOO_LARGE', 2]])
  })
})
