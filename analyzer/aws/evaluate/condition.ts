import type { Json, Residual } from '../../../graph/index.ts'
import { isObject, matches } from '../../../graph/index.ts'
import type { Truth } from './truth.ts'
import { and, FALSE, IF, not, TRUE } from './truth.ts'
import type { Identity } from './variables.ts'

/** One operator and key of a condition block. All clauses of a block must hold; one of the values is enough. */
export interface Clause {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly raw: string
}

/** Clauses of a condition block as JSON text; a block of another shape is one clause that nothing decides. */
export function clausesOf(text: string): readonly Clause[] {
  const block = JSON.parse(text) as Json
  const clauses: Clause[] = []
  if (!isObject(block)) return [{ operator: '', key: text, values: [], raw: text }]
  for (const [operator, keys] of Object.entries(block)) {
    for (const [key, value] of Object.entries(isObject(keys) ? keys : {})) {
      const values = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null]
      clauses.push({
        operator,
        key,
        values: values.map((v) => (typeof v === 'string' ? v : JSON.stringify(v))),
        raw: JSON.stringify({ [operator]: { [key]: value } }),
      })
    }
  }
  return clauses
}

/** Single values of keys that are fixed by what is asked, by folded key: `iam:passedtoservice`. */
export type RequestContext = ReadonlyMap<string, string>

/** Whether a clause is about something that is fixed for a principal. */
export function isAboutPrincipal(clause: Clause): boolean {
  return PRINCIPAL_KEYS.has(clause.key.toLowerCase())
}

const PRINCIPAL_KEYS = new Set(['aws:principalarn', 'aws:principalaccount', 'aws:principalorgid'])

/**
 * Decides a clause where the principal alone decides it, else `IF`. Operators and keys fold case, values do not;
 * a key that is absent makes positive operators false, negated ones and `…IfExists` true.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function clauseTruth(
  clause: Clause,
  identity: Identity,
  variables: boolean,
  context?: RequestContext,
): Truth {
  const key = clause.key.toLowerCase()
  if (variables && clause.values.some((value) => value.includes('${'))) return IF
  const value = context?.get(key) ?? (PRINCIPAL_KEYS.has(key) ? principalValue(key, identity) : undefined)
  if (value === undefined) return IF
  const whole = clause.operator.toLowerCase()
  if (whole === 'null') return nullTruth(clause.values, value)
  const ifExists = whole.endsWith('ifexists')
  const compare = COMPARE.get(ifExists ? whole.slice(0, -'ifexists'.length) : whole)
  if (compare === undefined) return IF
  if (value === null) return ifExists || compare.negated ? TRUE : FALSE
  let any: Truth = FALSE
  for (const wanted of clause.values) {
    const hit = compare.test(wanted, value)
    if (hit === undefined) return IF
    if (hit) any = TRUE
  }
  return compare.negated ? not(any) : any
}

/** The truth of a whole block. */
export function blockTruth(
  clauses: readonly Clause[],
  identity: Identity,
  variables: boolean,
  context?: RequestContext,
): Truth {
  let all: Truth = TRUE
  for (const clause of clauses) all = and(all, clauseTruth(clause, identity, variables, context))
  return all
}

/** What is left of a block for a principal: the clauses that stay open. */
export function residualsOf(
  clauses: readonly Clause[],
  identity: Identity,
  variables: boolean,
  context?: RequestContext,
): readonly Residual[] {
  return clauses
    .filter((clause) => clauseTruth(clause, identity, variables, context) === IF)
    .map((clause) => ({ says: render(clause), raw: clause.raw }))
}

/** A clause for people: `aws:SourceIp is in 10.0.0.0/8`. */
export function render(clause: Clause): string {
  const folded = clause.operator.toLowerCase()
  const ifExists = folded.endsWith('ifexists')
  const bare = ifExists ? folded.slice(0, -'ifexists'.length) : folded
  const set = /^(forallvalues|foranyvalue):/.exec(bare)?.[1]
  const operator = set === undefined ? bare : bare.slice(set.length + 1)
  const values = clause.values.join(' or ')
  const who =
    set === 'forallvalues' ? `every ${clause.key}` : set === 'foranyvalue' ? `some ${clause.key}` : clause.key
  const tail = ifExists ? ' (or is absent)' : ''
  if (operator === 'null') return `${who} is ${values === 'true' ? 'absent' : 'present'}`
  const words = WORDS.get(operator)
  return words === undefined
    ? `${clause.operator} ${who} ${values}${tail}`
    : `${who} ${words} ${values}${tail}`
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['stringequals', 'is'],
  ['stringnotequals', 'is not'],
  ['stringequalsignorecase', 'is (ignoring case)'],
  ['stringnotequalsignorecase', 'is not (ignoring case)'],
  ['stringlike', 'is like'],
  ['stringnotlike', 'is not like'],
  ['arnequals', 'is'],
  ['arnlike', 'is like'],
  ['arnnotequals', 'is not'],
  ['arnnotlike', 'is not like'],
  ['bool', 'is'],
  ['ipaddress', 'is in'],
  ['notipaddress', 'is not in'],
  ['numericequals', 'is'],
  ['numericnotequals', 'is not'],
  ['numericlessthan', 'is less than'],
  ['numericlessthanequals', 'is at most'],
  ['numericgreaterthan', 'is more than'],
  ['numericgreaterthanequals', 'is at least'],
  ['dateequals', 'is'],
  ['datenotequals', 'is not'],
  ['datelessthan', 'is before'],
  ['datelessthanequals', 'is at latest'],
  ['dategreaterthan', 'is after'],
  ['dategreaterthanequals', 'is at earliest'],
  ['binaryequals', 'is'],
])

/** A text; null: the key is absent; undefined: not known. */
function principalValue(key: string, identity: Identity): string | null | undefined {
  if (key === 'aws:principalarn') return identity.arn
  if (key === 'aws:principalaccount') return identity.account
  return identity.organization
}

function nullTruth(values: readonly string[], value: string | null): Truth {
  const wanted = values.length === 1 ? values[0]?.toLowerCase() : undefined
  if (wanted !== 'true' && wanted !== 'false') return IF
  return (wanted === 'true') === (value === null) ? TRUE : FALSE
}

interface Compare {
  readonly negated: boolean
  /** undefined: the wanted value has a form that this does not judge. */
  readonly test: (wanted: string, value: string) => boolean | undefined
}

const equals = (wanted: string, value: string) => wanted === value
const equalsFolded = (wanted: string, value: string) => wanted.toLowerCase() === value.toLowerCase()
const like = (wanted: string, value: string) => matches(wanted, value)

const COMPARE: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['stringequals', { negated: false, test: equals }],
  ['stringnotequals', { negated: true, test: equals }],
  ['stringequalsignorecase', { negated: false, test: equalsFolded }],
  ['stringnotequalsignorecase', { negated: true, test: equalsFolded }],
  ['stringlike', { negated: false, test: like }],
  ['stringnotlike', { negated: true, test: like }],
  ['arnequals', { negated: false, test: arnLike }],
  ['arnlike', { negated: false, test: arnLike }],
  ['arnnotequals', { negated: true, test: arnLike }],
  ['arnnotlike', { negated: true, test: arnLike }],
])

/** "Each of the six colon-delimited components of the ARN is checked separately." */
function arnLike(wanted: string, value: string): boolean | undefined {
  const pattern = sixParts(wanted)
  const parts = sixParts(value)
  if (pattern === undefined || parts === undefined) return undefined
  return pattern.every((part, i) => matches(part, parts[i] ?? ''))
}

function sixParts(text: string): readonly string[] | undefined {
  const parts = text.split(':')
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')]
}
