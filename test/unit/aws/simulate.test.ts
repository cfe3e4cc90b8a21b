import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../analyzer/aws/simulate/simulation.ts'
import { Simulator } from '../../../analyzer/aws/simulate/simulator.ts'
import { GomeisaError } from '../../../graph/index.ts'

const ROOT = join(import.meta.dirname, '../../..')
const GOLDEN = join(ROOT, 'test/golden/aws/simulate')
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const ajv = new Ajv2020({ strict: true, allErrors: true })
const schema = (name: string) =>
  ajv.compile(read(join(ROOT, `docs/schema/simulate-aws-${name}.json`)) as object)
const [isInput, isOutput] = [schema('input'), schema('output')]

interface Answer {
  readonly id: string | number
  readonly decision: string
  readonly decidedBy: string
  readonly residual?: string
  readonly because: readonly { readonly layer: string; readonly says: string }[]
}

const simulator = new Simulator()

/** Asks twice, so that what is remembered is asked, too; line and answer have the documented form. */
function ask(line: object): Answer {
  const whole = { id: 'x', ...line }
  expect(isInput(whole), JSON.stringify(isInput.errors)).toBe(true)
  const bytes = Buffer.from(JSON.stringify(whole))
  const answer = simulator.answer(bytes)
  expect(simulator.answer(bytes)).toBe(answer)
  const parsed = JSON.parse(answer) as Answer
  expect(isOutput(parsed), JSON.stringify(isOutput.errors)).toBe(true)
  expect(parsed.residual === undefined).toBe(parsed.decision !== 'conditional')
  return parsed
}

const ANA = { arn: 'arn:aws:iam::111122223333:user/ana', type: 'user' }
const OBJECT = { arn: 'arn:aws:s3:::reports/2026/q1' }
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const deny = (more: object = {}) => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more })
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const identity = (...statements: object[]) => [{ name: 'own', document: policy(...statements) }]
const line = (more: object) => ({ principal: ANA, action: 's3:GetObject', resource: OBJECT, ...more })

describe('golden lines', () => {
  const files = globSync('own/*.json', { cwd: GOLDEN }).sort()
  it.each(files)('%s', (file) => {
    const { cases } = read(join(GOLDEN, file)) as {
      cases: { says: string; decision: string; decidedBy?: string; residual?: string; line: object }[]
    }
    for (const each of cases) {
      const { decision, decidedBy, residual } = ask(each.line)
      expect({ says: each.says, decision }).toEqual({ says: each.says, decision: each.decision })
      if (each.decidedBy !== undefined) expect(decidedBy, each.says).toBe(each.decidedBy)
      if (each.residual !== undefined) expect(residual, each.says).toBe(each.residual)
    }
  })
})

describe('documents of other forms', () => {
  const decisionOf = (statement: object) => ask(line({ identityPolicies: identity(statement) })).decision
  it.each([
    ['a statement alone', { Version: '2012-10-17', Statement: allow() }, 'allowed'],
    ['no version', { Statement: [allow()] }, 'allowed'],
    ['no statement in the list', policy(), 'denied-implicit'],
  ])('%s', (_, document, decision) => {
    expect(ask(line({ identityPolicies: [{ name: 'own', document }] })).decision).toBe(decision)
  })
  it.each([
    ['an effect in another case', allow({ Effect: 'allow' }), 'unknown'],
    ['no effect', { Action: '*', Resource: '*' }, 'unknown'],
    ['a number for an action', allow({ Action: 5 }), 'unknown'],
    ['an empty list of actions', allow({ Action: [] }), 'denied-implicit'],
    ['an empty list of what it is not about', { Effect: 'Allow', NotAction: [], Resource: '*' }, 'allowed'],
    ['no resource', { Effect: 'Allow', Action: '*' }, 'denied-implicit'],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'denied-implicit'],
    ['Action and NotAction', allow({ NotAction: 'iam:*' }), 'unknown'],
    ['an operator that is none', allow({ Condition: { StringEqual: { 'x:a': 'b' } } }), 'unknown'],
    ['a condition of an empty block', allow({ Condition: {} }), 'allowed'],
    [
      'a condition without values',
      allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': [] } } }),
      'denied-implicit',
    ],
    ['a condition with true instead of a text', allow({ Condition: { Null: { 'x:a': true } } }), 'allowed'],
    [
      'a number in a condition',
      allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': 111122223333 } } }),
      'allowed',
    ],
    ['an action in another case', allow({ Action: 'S3:getobject' }), 'allowed'],
  ])('%s', (_, statement, decision) => {
    expect(decisionOf(statement)).toBe(decision)
  })
})

describe('residuals', () => {
  const unknown = { unknown: true }
  it.each([
    [
      'values of one key together',
      [allow({ Condition: { StringEquals: { 'x:a': ['b', 'c'] } } })],
      'x:a is b or c',
    ],
    [
      'a denial is what must not hold',
      [allow(), deny({ Condition: { StringEquals: { 'x:a': ['b', 'c'] } } })],
      'x:a is not b or c',
    ],
    [
      'what says nothing new is left out',
      [
        allow({ Condition: { Bool: { 'x:a': 'true' } } }),
        deny({ Condition: { BoolIfExists: { 'x:a': 'false' } } }),
      ],
      'x:a is true',
    ],
    [
      'alternatives in brackets',
      [
        allow({ Condition: { StringEquals: { 'x:a': 'b' }, StringLike: { 'x:b': 'c*' } } }),
        allow({ Condition: { Null: { 'x:c': 'true' } } }),
      ],
      '(x:a is b and x:b is like c*) or x:c is absent',
    ],
  ])('%s', (_, statements, residual) => {
    const context = { 'x:a': unknown, 'x:b': unknown, 'x:c': unknown }
    expect(ask(line({ context, identityPolicies: identity(...statements) })).residual).toBe(residual)
  })

  it('an allow and a denial for the same reason are no access', () => {
    const Condition = { Bool: { 'x:a': 'true' } }
    const { decision } = ask(
      line({
        context: { 'x:a': unknown },
        identityPolicies: identity(allow({ Condition }), deny({ Condition })),
      }),
    )
    expect(decision).toBe('denied-implicit')
  })

  it('of many resources, those that a statement is about', () => {
    const answer = ask({
      principal: ANA,
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::reports/*' },
      identityPolicies: identity(allow(), deny({ Resource: 'arn:aws:s3:::reports/secret/*' })),
    })
    expect(answer).toMatchObject({
      decision: 'conditional',
      residual: 'the resource is not one of arn:aws:s3:::reports/secret/*',
    })
  })

  it('bounds: what some request may, what every request may', () => {
    const Condition = { Bool: { 'x:a': 'true' } }
    const bounds = (...statements: object[]) => {
      const whole = {
        id: 1,
        ...line({ context: { 'x:a': unknown }, identityPolicies: identity(...statements) }),
      }
      return new Simulation(simulator.read(Buffer.from(JSON.stringify(whole))).request).bounds
    }
    expect(bounds(allow())).toEqual({ may: true, must: true })
    expect(bounds(allow({ Condition }))).toEqual({ may: true, must: false })
    expect(bounds(allow({ Condition }), deny({ Condition }))).toEqual({ may: false, must: false })
  })
})

describe('lines that are no request', () => {
  const wrong = (text: string | object) => {
    try {
      return simulator.answer(Buffer.from(typeof text === 'string' ? text : JSON.stringify(text)))
    } catch (error) {
      if (!(error instanceof GomeisaError)) throw error
      return `${error.code} ${error.place?.pointer ?? ''} ${error.message} | ${error.remedy ?? ''}`
    }
  }
  const good = { id: 1, ...line({}) }
  it.each([
    ['{"id":1', 'INPUT_SYNTAX'],
    ['{"id":1,}', 'INPUT_SYNTAX'],
    ['[]', 'INPUT_SHAPE'],
    [{ ...good, id: undefined }, 'INPUT_SHAPE /id'],
    [{ ...good, principals: 1 }, 'INPUT_SHAPE /principals'],
    [{ ...good, principal: { ...ANA, typ: 'x' } }, 'INPUT_SHAPE /principal/typ'],
    [{ ...good, principal: { ...ANA, type: 'person' } }, 'INPUT_SHAPE /principal/type'],
    [{ ...good, principal: { ...ANA, type: 'role' } }, 'INPUT_SHAPE /principal/arn'],
    [{ ...good, action: '' }, 'INPUT_SHAPE /action'],
    [{ ...good, resource: {} }, 'INPUT_SHAPE /resource/arn'],
    [{ ...good, resource: { ...OBJECT, account: '1' } }, 'INPUT_SHAPE /resource/account'],
    [{ ...good, context: { a: null } }, 'INPUT_SHAPE /context/a'],
    [{ ...good, context: { a: 1, A: 2 } }, 'INPUT_SHAPE /context/A'],
    [{ ...good, context: { a: { unknown: false } } }, 'INPUT_SHAPE /context/a'],
    [{ ...good, scps: [policy()] }, 'INPUT_SHAPE /scps/0'],
    [{ ...good, sessionPolicy: {} }, 'INPUT_SHAPE /sessionPolicy/Statement'],
    [{ ...good, identityPolicies: [policy()] }, 'INPUT_SHAPE /identityPolicies/0/Version'],
    [{ ...good, kmsGrants: [{ Operations: ['Decrypt'] }] }, 'INPUT_SHAPE /kmsGrants/0/GranteePrincipal'],
  ])('%j', (text, begins) => {
    const said = wrong(text)
    expect(said.startsWith(begins), said).toBe(true)
    expect(said.split('|')[1]?.trim().length, said).toBeGreaterThan(5)
  })

  it('spaces, escapes and repeated names are JSON, too', () => {
    const text = JSON.stringify({ ...good, identityPolicies: identity(allow()) }, undefined, 2).replaceAll(
      '\n',
      ' ',
    )
    for (const same of [text, text.replace('"action"', '"\\u0061ction"'), text.replace('{', '{ "id": 7,')]) {
      expect(JSON.parse(wrong(same))).toMatchObject({ id: 1, decision: 'allowed' })
    }
    expect(wrong(`${text} x`)).toContain('INPUT_SYNTAX')
  })
})
