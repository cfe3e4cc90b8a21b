import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../graph/index.ts'
import { lineOf, request, world } from '../generate/azure-questions.ts'
import decisions from '../golden/azure-simulate/decisions.json' with { type: 'json' }
import { LAUNCHER, gomeisa, plainEnvironment, temporaryFolder } from './command.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: true })
for (const part of ['request', 'answer']) {
  const schema = join(import.meta.dirname, `../../docs/schema/simulate-azure.${part}.json`)
  ajv.addSchema(JSON.parse(readFileSync(schema, 'utf8')) as object)
}

function mistakes(part: 'request' | 'answer', value: unknown): string[] {
  ajv.validate(`simulate-azure.${part}.json`, value)
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

const folder = temporaryFolder()
const QUESTIONS = decisions.cases.map(({ line }) => ({ ...line, roleDefinitions: decisions.roleDefinitions }))

function written(name: string, lines: readonly (object | string)[]): string {
  const file = join(folder, name)
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return file
}

describe('gomeisa simulate azure', { timeout: 120_000 }, () => {
  it('answers each line in its place, as the schemas say', () => {
    const { status, stdout, stderr } = gomeisa(['simulate', 'azure', written('good.jsonl', QUESTIONS)])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject)
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual(
      decisions.cases.map(({ name, expected }) => [name, expected.decision]),
    )
    for (const answer of answers) expect(mistakes('answer', answer), JSON.stringify(answer)).toEqual([])
    for (const question of QUESTIONS) expect(mistakes('request', question), question.id).toEqual([])
  })

  it('takes every random question that its schema describes', () => {
    fc.assert(
      fc.property(world, request, (policies, question) => {
        expect(mistakes('request', { id: 1, ...lineOf(policies, question) })).toEqual([])
      }),
      { numRuns: 200, seed: 6 },
    )
  })

  it('names bad lines with their number, answers the others and ends with 2', () => {
    const [first, second] = QUESTIONS
    const bad = ['{"id": 1', '[1]', { ...first, scope: 5 }, { ...first, id: {} }]
    const file = written('bad.jsonl', [first ?? {}, '', ...bad, second ?? {}, '  '])
    const { status, stdout, stderr } = gomeisa(['simulate', 'azure', file])
    expect(status).toBe(2)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    const places = [...stderr.matchAll(/^ +at (.*)$/gm)].map(([, place]) => place?.slice(file.length))
    expect(places).toEqual([':3', ':4', ':5 (/scope)', ':6'])
    expect(stderr).toMatch(/^error INPUT_SYNTAX: the line is no JSON/)
    expect(stderr).not.toMatch(/\n +at .*node/)
  })

  it('reads stdin, and lines that end with CR LF or not at all', () => {
    const input = `${JSON.stringify(QUESTIONS[0])}\r\n${JSON.stringify(QUESTIONS[1])}`
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [LAUNCHER, 'simulate', 'azure', ...args], {
        input,
        encoding: 'utf8',
        env: plainEnvironment(),
      })
    expect(run().stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(run('-')).toMatchObject({ stdout: run().stdout, stderr: '', status: 0 })
  })

  it('refuses what it cannot do', () => {
    expect(gomeisa(['simulate', 'oracle'])).toMatchObject({ status: 2, stdout: '' })
    const gone = gomeisa(['simulate', 'azure', join(folder, 'none.jsonl')])
    expect(gone).toMatchObject({ status: 2, stdout: '' })
    expect(gone.stderr).toMatch(/INPUT_UNREADABLE/)
    writeFileSync(join(folder, 'latin.jsonl'), Buffer.from([123, 0xff, 125, 10]))
    expect(gomeisa(['simulate', 'azure', join(folder, 'latin.jsonl')]).stderr).toMatch(
      /INPUT_ENCODING[\s\S]*latin\.jsonl:1/,
    )
  })
})
