import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { Dice, forgetful, requestOf } from '../reference/gcp-simulate/cases.ts'
import { gomeisa } from './command.ts'

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema', name), 'utf8')) as object
const ajv = new Ajv2020.default({ allowUnionTypes: true })
const isRequest = ajv.compile(schema('simulate-gcp.request.json'))
const isAnswer = ajv.compile(schema('simulate-gcp.answer.json'))

test('requests and answers are as their schemas say, line for line', () => {
  const requests = Array.from({ length: 500 }, (_, i): unknown => {
    const dice = new Dice(i + 1)
    return forgetful(dice, requestOf(dice, i)).asked
  }).map((request) => JSON.stringify(request))
  for (const request of requests)
    expect(isRequest(JSON.parse(request)), JSON.stringify(isRequest.errors)).toBe(true)
  const { status, stdout, stderr } = gomeisa(['simulate', 'gcp'], { input: `${requests.join('\n')}\n` })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(answers.map((answer) => (answer as { id: number }).id)).toEqual(requests.map((_, i) => i))
  for (const answer of answers) expect(isAnswer(answer), JSON.stringify(isAnswer.errors)).toBe(true)
})

test('a bad line ends with exit code 2 and says where; the others are answered', () => {
  const good = JSON.stringify(requestOf(new Dice(1), 1))
  const { status, stdout, stderr } = gomeisa(['simulate', 'gcp', '-'], {
    input: `${good}\n{"id": 2, "principal": "user:a@b.c", "permission": "a.b.c", "resource": "//x/y", "allowPolicies": [{}]}\n${good}\n`,
  })
  expect(status).toBe(2)
  expect(stdout.trimEnd().split('\n')).toHaveLength(2)
  expect(stderr).toContain('error INPUT_SHAPE: `resource` is missing\n  at <stdin>:2 (/allowPolicies/0)\n')
})

test('a cloud that cannot be simulated, and a file that is not there, are told', () => {
  const unknown = gomeisa(['simulate', 'moon'])
  expect(unknown.status).toBe(2)
  expect(unknown.stderr).toContain('`moon` is no cloud whose decisions can be simulated')
  const missing = gomeisa(['simulate', 'gcp', 'no-such-file.jsonl'])
  expect(missing.status).toBe(2)
  expect(missing.stderr).toContain('INPUT_UNREADABLE')
})
