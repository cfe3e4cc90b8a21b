import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gomeisa, LAUNCHER, plainEnvironment, temporaryFolder } from './command.ts'

const request = (id: number | string) => ({
  id,
  principal: { arn: 'arn:aws:iam::111122223333:user/ana', type: 'user' },
  action: 'sqs:SendMessage',
  resource: { arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs' },
})

describe('gomeisa simulate aws', () => {
  it('answers every line in order, and names those that are none', () => {
    const file = join(temporaryFolder(), 'requests.jsonl')
    const wrong = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff]), Buffer.from('"}')])
    const parts = [
      Buffer.from(`\uFEFF${JSON.stringify(request(1))}\r\n\n{"id":2\n`),
      wrong,
      Buffer.from(`\n${JSON.stringify({ ...request(3), color: 'red' })}\n${JSON.stringify(request('ä'))}`),
    ]
    writeFileSync(file, Buffer.concat(parts))
    const { status, stdout, stderr } = gomeisa(['simulate', 'aws', file])
    expect(status).toBe(2)
    const answers = stdout.trim().split('\n')
    expect(answers.map((line) => (JSON.parse(line) as { id: unknown }).id)).toEqual([1, 'ä'])
    for (const [line, code] of [
      [3, 'INPUT_SYNTAX'],
      [4, 'INPUT_ENCODING'],
      [5, 'INPUT_SHAPE'],
    ] as const) {
      expect(stderr).toContain(`${code}: `)
      expect(stderr).toContain(`${file}:${line}`)
    }
    expect(stderr).toContain('(/color)')
  })

  it('reads standard input, in pieces of any size', () => {
    const long = { ...request('long'), context: { 'x:long': 'y'.repeat(200_000) } }
    const lines = [request(1), long, ...Array.from({ length: 500 }, (_, i) => request(`n${i}`))]
    const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, 'simulate', 'aws'], {
      input: lines.map((line) => JSON.stringify(line)).join('\n'),
      encoding: 'utf8',
      env: plainEnvironment(),
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: unknown }).id)
    expect(ids).toEqual(lines.map(({ id }) => id))
  })

  it.each([
    [['simulate', 'mars'], 'there is no simulator of `mars`'],
    [['simulate', 'aws', '/nowhere/at-all.jsonl'], 'cannot be read'],
  ])('%j is refused', (args, says) => {
    const { status, stdout, stderr } = gomeisa(args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.replace(/\s+/g, ' ')).toContain(says)
  })
})
