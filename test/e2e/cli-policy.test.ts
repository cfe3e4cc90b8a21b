import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { exported, gomeisa, temporaryFolder } from './command.ts'

const ROOT = join(import.meta.dirname, '../..')
const CASES = join(ROOT, 'test/golden/policies/shipped.json')
const SHIPPED = join(ROOT, 'policies/shipped')
/** Each test starts several processes, and the machine may be busy. */
const SLOW = { timeout: 120_000 }
const folder = temporaryFolder()

const { cases, ...catalogue } = JSON.parse(readFileSync(CASES, 'utf8'))
const activate = readFileSync(join(SHIPPED, 'activate.cedar'), 'utf8')
const approve = readFileSync(join(SHIPPED, 'approve.cedar'), 'utf8')
exported(folder, {
  'catalogue.json': catalogue,
  'wrong-cases.json': { ...catalogue, cases: [{ ...cases[0], expect: { decision: 'deny' } }] },
  'misspelt.json': { ...catalogue, people: [{ id: 'ana', group: ['platform'] }] },
  'weaker/activate.cedar': activate.replace('context.evidence.approvals >= 1', 'context.evidence.phone'),
  'weaker/approve.cedar': approve,
  'inverted.cedar': activate.replace('context.evidence.approvals >= 1', 'context.evidence.approvals <= 1'),
})
const at = (name: string) => join(folder, name)

const ajv = new Ajv2020({ strict: true, allErrors: true })
const schema = JSON.parse(readFileSync(join(ROOT, 'docs/schema/policy.json'), 'utf8'))
ajv.addSchema(closed(schema) as object)

/** New fields are let in by the schema and found by the tests. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]))
  return 'properties' in value ? { ...inner, additionalProperties: false } : inner
}

function answer(part: string, args: readonly string[], status = 0) {
  const ran = gomeisa(['--json', '--quiet', 'policy', ...args])
  expect(ran).toMatchObject({ status, stderr: '' })
  const { command, snapshot, result } = JSON.parse(ran.stdout)
  expect({ command, snapshot }).toEqual({ command: 'policy', snapshot: null })
  ajv.validate(`policy.json#/$defs/${part}`, result)
  expect(ajv.errors ?? []).toEqual([])
  return result
}

test('check says ok, or what is wrong, where, and what to write', SLOW, () => {
  expect(answer('check', ['check'])).toMatchObject({ offences: [] })
  const { offences } = answer('check', ['check', at('inverted.cedar')], 3)
  const line = activate.split('\n').findIndex((each) => each.includes('path-second-person')) + 1
  expect(offences).toMatchObject([{ rule: 'monotone', policy: 'path-second-person', place: { line } }])
  const said = gomeisa(['policy', 'check', at('inverted.cedar')])
  expect(said.stdout).toContain('path-second-person: more evidence could lose')
  expect(said.stdout.split('\n').filter((each) => each.length > 80)).toEqual([])
})

test('test tells which case differs, and how', SLOW, () => {
  const { cases: results } = answer('test', ['test', CASES, '--policies', SHIPPED])
  expect(results).toHaveLength(cases.length)
  const wrong = answer('test', ['test', at('wrong-cases.json')], 3)
  expect(wrong.cases[0].differs).toEqual([{ what: 'decision', expected: 'deny', found: 'allow' }])
})

test('explain tells what it takes, apart from break glass, and who could approve', SLOW, () => {
  const args = [
    'explain',
    'ben',
    'prod-admin',
    '--catalogue',
    at('catalogue.json'),
    '--evidence',
    '{"device":"tpm"}',
  ]
  const { decided, requirement, missing, approvers } = answer('explain', args)
  expect(decided.decision).toBe('deny')
  expect(requirement.ways).toMatchObject([{ rung: 'quorum', ask: ['owners, security'] }])
  expect(requirement.breakGlass).toMatchObject([{ rung: 'break-glass', notify: ['security'] }])
  expect(missing).toEqual([['PIN or biometric', 'the phone', '1 of @owners and 1 of security']])
  expect(approvers).toEqual(['cy', 'dee'])
})

test('diff tells who gains what, and that nothing changes when nothing does', SLOW, () => {
  const compared = (after: string) =>
    answer('diff', ['diff', 'shipped', after, '--catalogue', at('catalogue.json')])
  expect(compared(SHIPPED).differences).toEqual([])
  // The emergency is no easier than the phone that is now enough.
  expect(compared(at('weaker')).differences).toMatchObject([
    {
      change: 'otherwise',
      action: 'activate',
      breakGlass: false,
      people: ['ana', 'ben'],
      entitlements: ['prod-jewel'],
    },
    {
      change: 'otherwise',
      action: 'activate',
      breakGlass: false,
      people: ['ana', 'ben'],
      entitlements: ['dev-jewel'],
    },
  ])
})

test(
  'what is given wrong is told with its place, and a set that fails the check decides nothing',
  SLOW,
  () => {
    const refused = (...args: readonly string[]) => {
      const { status, stdout } = gomeisa(['--json', '--quiet', 'policy', ...args])
      return { status, ...JSON.parse(stdout).error }
    }
    const explain = ['explain', 'ana', 'dev-read', '--catalogue']
    expect(refused(...explain, at('misspelt.json'))).toMatchObject({
      status: 2,
      code: 'INPUT_SHAPE',
      place: { file: at('misspelt.json'), pointer: '/people/0/group' },
    })
    expect(refused(...explain, at('nowhere.json'))).toMatchObject({ status: 2, code: 'INPUT_UNREADABLE' })
    expect(refused(...explain, at('inverted.cedar'))).toMatchObject({ status: 2, code: 'INPUT_SYNTAX' })
    expect(refused('explain', 'an', 'dev-read', '--catalogue', at('catalogue.json'))).toMatchObject({
      status: 2,
      code: 'NOT_FOUND',
      candidates: ['ana'],
    })
    expect(refused('test', CASES, '--policies', at('inverted.cedar'))).toMatchObject({
      status: 2,
      code: 'POLICY_INVALID',
      place: { file: at('inverted.cedar') },
    })
    expect(refused(...explain, at('catalogue.json'), '--for', 'long')).toMatchObject({
      status: 2,
      code: 'USAGE',
    })
  },
)
