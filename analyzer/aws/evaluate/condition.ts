import type { Json } from '../../../graph/index.ts'
import { isObject } from '../../../graph/index.ts'
import * as policy from '../policy/condition.ts'
import { principalContext, isFixedKey, type RequestContext } from './principal-context.ts'
import type { Truth } from './truth.ts'
import { and, FALSE, IF, TRUE } from './truth.ts'
import type { Identity } from './identity.ts'

/** One operator and key of a condition block. All clauses of a block must hold; one of the values is enough. */
export interface Clause {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly raw: string
  /** As it is evaluated where `${…}` has a meaning, and where it has none. */
  readonly filled: policy.Clause
  readonly literal: policy.Clause
}

/** Clauses of a condition block as JSON text; a block of another shape is one clause that nothing decides. */
export function clausesOf(text: string): readonly Clause[] {
  const block = JSON.parse(text) as Json
  const clauses: Clause[] = []
  if (!isObject(block)) {
    const unreadable = { kind: 'unreadable', says: 'the Condition is no object' } as const
    return [{ operator: '', key: text, values: [], raw: text, filled: unreadable, literal: unreadable }]
  }
  for (const [operator, keys] of Object.entries(block)) {
    for (const [key, value] of Object.entries(isObject(keys) ? keys : {})) {
      const values = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null]
      const alone = { [operator]: { [key]: value ?? null } }
      const [filled] = policy.clausesOf(alone, true)
      const [literal] = policy.clausesOf(alone, false)
      if (filled === undefined || literal === undefined) continue
      clauses.push({
        operator,
        key,
        values: values.map((v) => (typeof v === 'string' ? v : JSON.stringify(v))),
        raw: JSON.stringify(alone),
        filled,
        literal,
      })
    }
  }
  return clauses
}

/** Whether a clause is about something that is fixed for a principal: its key, or a variable in its values. */
export function isAboutPrincipal({ key, values }: Clause): boolean {
  if (isFixedKey(key.toLowerCase())) return true
  return values.some((value) =>
    [...value.matchAll(VARIABLE)].some(([, name = '']) => isFixedKey(name.trim().toLowerCase())),
  )
}

const VARIABLE = /\$\{([^},]*)/g

/**
 * Decides a clause where the principal alone decides it, else `IF`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function clauseTruth(
  clause: Clause,
  identity: Identity,
  variables: boolean,
  context?: RequestContext,
): Truth {
  const holds = policy.clauseHolds(
    variables ? clause.filled : clause.literal,
    principalContext(identity, context),
  )
  return holds === true ? TRUE : holds === false ? FALSE : IF
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
