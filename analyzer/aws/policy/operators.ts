import { matches } from '../../../graph/index.ts'
import type { Tokens } from '../evaluate/arn-pattern.ts'
import { tokensMatch } from '../evaluate/arn-pattern.ts'
import { ipRange, isWithin } from './ip-range.ts'
import type { Filled } from './template.ts'
import { freeTokens, textOf } from './template.ts'
import { base64Of, booleanOf, instantOf, numberOf } from './value-formats.ts'

/** Whether a value of a request matches; `undefined`: what is documented leaves it open. */
export type Test = (value: string) => boolean | undefined

/** A base operator without its negation, its `IfExists` and its set operator. */
export interface Operator {
  /** Folded name of the positive form, the same for operators that behave alike. */
  readonly name: string
  /** For people: `is`, and `is not`. */
  readonly verb: string
  readonly negatedVerb: string
  /** Policy variables have a meaning in its values; elsewhere they are text. */
  readonly variables: boolean
  /** The test for one value of the policy. */
  prepare(wanted: Filled): Test
}

/** An operator as a policy writes it. */
export interface OperatorUse {
  readonly operator: Operator
  readonly negated: boolean
}

/** What never matches: a value in the policy or in the request that is not of the operator's type. */
export const NEVER: Test = () => false

function compared<T>(
  name: string,
  words: readonly [string, string],
  read: (text: string) => T | undefined,
  holds: (value: T, wanted: T) => boolean,
  variables = false,
): Operator {
  return {
    name,
    verb: words[0],
    negatedVerb: words[1],
    variables,
    prepare(filled) {
      const wanted = read(textOf(filled))
      if (wanted === undefined) return NEVER
      return (text) => {
        const value = read(text)
        return value !== undefined && holds(value, wanted)
      }
    },
  }
}

const string = (text: string): string => text
const folded = (text: string): string => text.toLowerCase()
const same = <T>(a: T, b: T): boolean => a === b

export const STRING_EQUALS = compared('stringequals', ['is', 'is not'], string, same, true)
export const STRING_EQUALS_FOLDED = compared(
  'stringequalsignorecase',
  ['is (in any case)', 'is not (in any case)'],
  folded,
  same,
  true,
)
const STRING_LIKE: Operator = {
  name: 'stringlike',
  verb: 'is like',
  negatedVerb: 'is not like',
  variables: true,
  prepare(filled) {
    const [only] = filled
    if (filled.length === 1 && only?.written === true) {
      const pattern = only.text
      return (value) => matches(pattern, value)
    }
    const tokens = freeTokens(filled)
    return (value) => tokensMatch(tokens, value)
  },
}
const ARN_LIKE: Operator = {
  name: 'arnlike',
  verb: 'is like',
  negatedVerb: 'is not like',
  variables: true,
  prepare: arnTest,
}
const IP_ADDRESS = compared('ipaddress', ['is in', 'is not in'], ipRange, isWithin)
const BOOL = compared('bool', ['is', 'is not'], booleanOf, same, true)
const BINARY = compared('binaryequals', ['is', 'is not'], base64Of, same)

function ordered(
  name: string,
  read: (text: string) => number | undefined,
  words: readonly [string, string],
  holds: (value: number, wanted: number) => boolean,
): Operator {
  return compared(name, words, read, holds)
}

const ORDERS: readonly [
  string,
  readonly [string, string],
  readonly [string, string],
  (a: number, b: number) => boolean,
][] = [
  ['equals', ['is', 'is not'], ['is', 'is not'], same],
  ['lessthan', ['is less than', 'is not less than'], ['is before', 'is not before'], (a, b) => a < b],
  [
    'lessthanequals',
    ['is at most', 'is not at most'],
    ['is at latest', 'is not at latest'],
    (a, b) => a <= b,
  ],
  ['greaterthan', ['is more than', 'is not more than'], ['is after', 'is not after'], (a, b) => a > b],
  [
    'greaterthanequals',
    ['is at least', 'is not at least'],
    ['is at earliest', 'is not at earliest'],
    (a, b) => a >= b,
  ],
]

const OPERATORS = new Map<string, OperatorUse>([
  ['stringequals', { operator: STRING_EQUALS, negated: false }],
  ['stringnotequals', { operator: STRING_EQUALS, negated: true }],
  ['stringequalsignorecase', { operator: STRING_EQUALS_FOLDED, negated: false }],
  ['stringnotequalsignorecase', { operator: STRING_EQUALS_FOLDED, negated: true }],
  ['stringlike', { operator: STRING_LIKE, negated: false }],
  ['stringnotlike', { operator: STRING_LIKE, negated: true }],
  ['arnequals', { operator: ARN_LIKE, negated: false }],
  ['arnlike', { operator: ARN_LIKE, negated: false }],
  ['arnnotequals', { operator: ARN_LIKE, negated: true }],
  ['arnnotlike', { operator: ARN_LIKE, negated: true }],
  ['ipaddress', { operator: IP_ADDRESS, negated: false }],
  ['notipaddress', { operator: IP_ADDRESS, negated: true }],
  ['bool', { operator: BOOL, negated: false }],
  ['binaryequals', { operator: BINARY, negated: false }],
])
for (const [name, numeric, date, holds] of ORDERS) {
  OPERATORS.set(`numeric${name}`, {
    operator: ordered(`numeric${name}`, numberOf, numeric, holds),
    negated: false,
  })
  OPERATORS.set(`date${name}`, { operator: ordered(`date${name}`, instantOf, date, holds), negated: false })
}
for (const type of ['numeric', 'date']) {
  const equals = OPERATORS.get(`${type}equals`)
  if (equals !== undefined) OPERATORS.set(`${type}notequals`, { operator: equals.operator, negated: true })
}

/** The operator of a folded name without set operator and `IfExists`; `undefined`: there is none of that name. */
export function operatorOf(name: string): OperatorUse | undefined {
  return OPERATORS.get(name)
}

const COLON = 58

/** "Each of the six colon-delimited components of the ARN is checked separately." */
function arnTest(filled: Filled): Test {
  const parts = sixTokens(freeTokens(filled))
  if (parts === undefined) {
    // What a pattern like `*` or `arn:aws:s3:*` matches is not documented; one without wildcards is no ARN.
    const open = filled.some(({ text, written }) => written && /[*?]/.test(text))
    return open ? () => undefined : NEVER
  }
  return (value) => {
    const arn = sixParts(value)
    return arn !== undefined && parts.every((part, i) => tokensMatch(part, arn[i] ?? ''))
  }
}

function sixTokens(tokens: Tokens): readonly Tokens[] | undefined {
  const parts: Tokens[] = []
  let from = 0
  for (let i = 0; i < tokens.length && parts.length < 5; i++) {
    if (tokens[i] !== COLON) continue
    parts.push(tokens.slice(from, i))
    from = i + 1
  }
  if (parts.length < 5) return undefined
  return [...parts, tokens.slice(from)]
}

/** The last one is kept: a value is compared with one pattern after the other. */
let last: { readonly text: string; readonly parts: readonly string[] | undefined } | undefined

function sixParts(text: string): readonly string[] | undefined {
  if (last?.text === text) return last.parts
  const all = text.split(':')
  const parts = all.length < 6 ? undefined : [...all.slice(0, 5), all.slice(5).join(':')]
  last = { text, parts }
  return parts
}

/** A text that was written as it stands, without variables. */
export function written(text: string): Filled {
  return [{ text, written: true }]
}
