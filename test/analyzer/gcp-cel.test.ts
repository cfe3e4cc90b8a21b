import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reduceCel } from '../../analyzer/gcp/policy/cel/evaluate.ts'
import { parseCel } from '../../analyzer/gcp/policy/cel/parse.ts'
import { printCel } from '../../analyzer/gcp/policy/cel/print.ts'
import type { Scope } from '../../analyzer/gcp/policy/cel/scope.ts'
import { timestampOf } from '../../analyzer/gcp/policy/cel/time.ts'
import type { Value } from '../../analyzer/gcp/policy/cel/value.ts'
import { isMap, lookUp } from '../../analyzer/gcp/policy/cel/value.ts'
import { requestScope } from '../../analyzer/gcp/policy/request-scope.ts'
import { CONDITIONS, Dice, surroundings } from '../reference/gcp-simulate/cases.ts'
import { evaluate, evaluateIn } from '../reference/gcp-simulate/cel.ts'
import { knownOf } from '../reference/gcp-simulate/reference.ts'

interface Case {
  readonly why: string
  readonly expression: string
  readonly assertion?: Json
  readonly context?: Json
  readonly value?: unknown
  readonly error?: boolean
  readonly left?: string
}
type Json = Readonly<Record<string, unknown>>

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../golden/gcp-simulate/cel.json'), 'utf8'),
) as { mappings: readonly Case[]; conditions: readonly Case[] }
const cases = [...golden.mappings, ...golden.conditions]

function valueOf(json: unknown): Value {
  if (typeof json === 'number') return BigInt(json)
  if (Array.isArray(json)) return json.map(valueOf)
  if (typeof json === 'object' && json !== null) {
    return new Map(Object.entries(json).map(([key, value]) => [key, valueOf(value)]))
  }
  return json as Value
}

function plain(value: Value): unknown {
  return Array.isArray(value) ? value.map(plain) : value
}

function scopeOf({ assertion, context }: Case): Scope {
  const values = valueOf(context ?? {})
  const attributes = new Map<string, Value>()
  if (isMap(values)) for (const [key, value] of values) attributes.set(key as string, value)
  const time = attributes.get('request.time')
  if (typeof time === 'string') attributes.set('request.time', timestampOf(time) ?? '')
  if (assertion !== undefined) attributes.set('assertion', valueOf(assertion))
  return requestScope({ permission: 'resourcemanager.projects.setIamPolicy', attributes, tags: null })
}

describe('expressions of mappings and conditions', () => {
  it('there are the default mapping and more than twenty others', () => {
    expect(cases.length).toBeGreaterThan(30)
  })

  it.each(cases.map((each) => [each.why, each] as const))('%s', (_, each) => {
    const parsed = parseCel(each.expression)
    if ('wrong' in parsed) throw new TypeError(parsed.wrong)
    const result = reduceCel(parsed.expr, scopeOf(each))
    if (each.error === true) expect(result.op).toBe('error')
    else if (each.left !== undefined) expect(printCel(result)).toBe(each.left)
    else expect(result.op === 'known' ? plain(result.value) : printCel(result)).toEqual(each.value)
  })

  it('say the same when another implementation evaluates them', () => {
    let compared = 0
    for (const each of cases) {
      // There `extract` is taught for texts, and claims are of any type.
      if (each.assertion === undefined || each.error === true || each.expression.includes('extract('))
        continue
      expect(evaluateIn(each.expression, { assertion: each.assertion }), each.why).toEqual(each.value)
      compared++
    }
    expect(compared).toBeGreaterThan(12)
  })

  it('print as text that reads as the same expression', () => {
    for (const { expression } of cases) {
      const parsed = parseCel(expression)
      if ('wrong' in parsed) throw new TypeError(parsed.wrong)
      expect(parseCel(printCel(parsed.expr))).toEqual(parsed)
    }
  })

  it('in random compositions say what the other implementation says, whole and in part', () => {
    const outcomes = { true: 0, false: 0, left: 0 }
    for (let seed = 1; seed <= 4_000; seed++) {
      const dice = new Dice(seed)
      const text = composed(dice, 4)
      const around = surroundings(dice)
      const known = knownOf(around)
      const truth = evaluate(text, known)
      const tags = known.tags.map((tag) => ({ ...tag, valueId: tag.valueId }))
      const attributes = new Map<string, Value>()
      for (const [key, value] of Object.entries(around.context as Json)) {
        if (!dice.odds(4))
          attributes.set(key, key === 'request.time' ? (timestampOf(String(value)) ?? null) : valueOf(value))
      }
      const facts = {
        permission: 'storage.buckets.setIamPolicy',
        attributes,
        tags: dice.odds(4) ? null : tags,
      }
      const parsed = parseCel(text)
      if ('wrong' in parsed) throw new TypeError(parsed.wrong)
      const result = reduceCel(parsed.expr, requestScope(facts))
      if (result.op === 'known') expect(result.value, `seed ${seed}: ${text}`).toBe(truth)
      else
        expect(evaluate(printCel(result), known), `seed ${seed}: ${text} leaves ${printCel(result)}`).toBe(
          truth,
        )
      outcomes[result.op === 'known' ? (result.value === true ? 'true' : 'false') : 'left']++
    }
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500)
  }, 60_000)
})

function composed(dice: Dice, depth: number): string {
  if (depth === 0) return dice.one(CONDITIONS)
  const left = composed(dice, depth - 1 - dice.below(depth))
  const right = composed(dice, depth - 1)
  switch (dice.below(5)) {
    case 0:
      return `!(${left})`
    case 1:
      return `(${left}) ? (${right}) : (${composed(dice, 0)})`
    case 2:
      return `(${left}) == (${right})`
    case 3:
      return `(${left}) && (${right})`
    default:
      return `(${left}) || (${right})`
  }
}

describe('hostile expressions', () => {
  it.each([
    ['an unfinished text', "'abc"],
    ['nothing', ''],
    ['deep brackets', `${'('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['a long chain', `a${'.b'.repeat(5_000)}`],
    ['many negations', `${'!'.repeat(10_000)}true`],
    ['a long text', `'${'x'.repeat(30_000)}'`],
  ])('%s is refused, quickly', (_, text) => {
    expect(parseCel(text)).toHaveProperty('wrong')
  })

  it('loops in loops end with an error', () => {
    const list = `[${Array.from({ length: 200 }, (_, i) => i).join(',')}]`
    const parsed = parseCel(`${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`)
    if ('wrong' in parsed) throw new TypeError(parsed.wrong)
    expect(
      reduceCel(parsed.expr, requestScope({ permission: '', attributes: new Map(), tags: null })).op,
    ).toBe('error')
  })

  it('a pattern that explodes elsewhere is matched in linear time', () => {
    const parsed = parseCel(
      `'${'a'.repeat(3_000)}'.matches('^(a+)+$') && !'${'a'.repeat(3_000)}!'.matches('^(a+)+$')`,
    )
    if ('wrong' in parsed) throw new TypeError(parsed.wrong)
    const result = reduceCel(parsed.expr, requestScope({ permission: '', attributes: new Map(), tags: null }))
    expect(result).toMatchObject({ op: 'known', value: true })
  })

  it('names of JavaScript are names like any other', () => {
    const attributes = new Map<string, Value>([['assertion', new Map<Value, Value>([['sub', 'x']])]])
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const parsed = parseCel(`assertion.${name} == 'x'`)
      if ('wrong' in parsed) throw new TypeError(parsed.wrong)
      expect(reduceCel(parsed.expr, requestScope({ permission: '', attributes, tags: null })).op).toBe(
        'error',
      )
      expect(lookUp(new Map<Value, Value>(), name)).toBeUndefined()
    }
  })
})
