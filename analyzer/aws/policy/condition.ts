import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject } from '../../../graph/index.ts'
import type { ContextLookup } from './context.ts'
import { isNullDataset, UNKNOWN } from './context.ts'
import type { Formula } from './formula.ts'
import { and, fact, not, or } from './formula.ts'
import { absence, comparisonAtom, equalsTemplate, wantedOf } from './key-atoms.ts'
import type { Wanted } from './key-values.ts'
import type { Operator, Test } from './operators.ts'
import { NEVER, operatorOf, STRING_EQUALS, written } from './operators.ts'
import type { Relation } from './relation.ts'
import { relationOf } from './relation.ts'
import type { Template } from './template.ts'
import { fill, templateOf, textOf } from './template.ts'
import { booleanOf } from './value-formats.ts'

/** One operator and key of a condition block; all clauses of a block must hold, one of the values is enough. */
export type Clause = Comparison | NullCheck | { readonly kind: 'unreadable'; readonly says: string }

export interface Comparison {
  readonly kind: 'comparison'
  readonly operator: Operator
  readonly negated: boolean
  readonly ifExists: boolean
  readonly set: 'none' | 'any' | 'all'
  readonly spelledKey: string
  readonly key: string
  readonly values: readonly WantedValue[]
}

interface NullCheck {
  readonly kind: 'null'
  readonly spelledKey: string
  readonly key: string
  /** The key may be absent; may be present. */
  readonly absent: boolean
  readonly present: boolean
}

interface WantedValue {
  readonly text: string
  /** Of a value without variables. */
  readonly test: Test | undefined
  readonly template: Template | undefined
}

/** Takes a `Condition` element apart. `variables`: the document's version gives `${…}` its meaning. */
export function clausesOf(condition: Json, variables: boolean): readonly Clause[] {
  if (!isObject(condition)) return [{ kind: 'unreadable', says: 'the Condition is no object' }]
  return Object.entries(condition).flatMap(([name, keys]) => {
    if (!isObject(keys))
      return [{ kind: 'unreadable', says: `${name} of the Condition is no object` } as const]
    return clausesOfOperator(name, keys, variables)
  })
}

function clausesOfOperator(name: string, keys: JsonObject, variables: boolean): Clause[] {
  const parts = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase())
  const set = parts?.[1] === undefined ? 'none' : parts[1] === 'forallvalues' ? 'all' : 'any'
  const bare = parts?.[2] ?? ''
  const ifExists = parts?.[3] !== undefined
  return Object.entries(keys).map(([key, raw]): Clause => {
    const values = textsOf(raw ?? null)
    if (values === undefined) return { kind: 'unreadable', says: `the value of ${name} ${key} is no text` }
    const named = { spelledKey: key, key: key.toLowerCase() }
    if (bare === 'null' && set === 'none' && !ifExists) {
      const wanted = values.map(booleanOf)
      return { kind: 'null', ...named, absent: wanted.includes(true), present: wanted.includes(false) }
    }
    const use = operatorOf(bare)
    if (use === undefined) return { kind: 'unreadable', says: `the condition operator ${name} is not known` }
    const { operator, negated } = use
    const wanted = values.map((text): WantedValue => {
      const template = variables && operator.variables ? templateOf(text) : undefined
      return { text, template, test: template === undefined ? operator.prepare(written(text)) : undefined }
    })
    return { kind: 'comparison', operator, negated, ifExists, set, ...named, values: wanted }
  })
}

/** Strings, booleans and numbers, alone or in a list, as texts. */
function textsOf(raw: Json): readonly string[] | undefined {
  const list = Array.isArray(raw) ? (raw as readonly Json[]) : [raw]
  const isText = (value: Json) => ['string', 'boolean', 'number'].includes(typeof value)
  return list.every(isText) ? list.map(String) : undefined
}

/** Whether a condition block holds for a request. */
export function blockHolds(clauses: readonly Clause[], context: ContextLookup): Formula {
  let all: Formula = true
  for (const clause of clauses) {
    all = and(all, clauseHolds(clause, context))
    if (all === false) return false
  }
  return all
}

/**
 * Whether a clause holds. A key that is absent makes positive operators false, negated ones, `…IfExists` and
 * `ForAllValues` true, `ForAnyValue` false, the latter with `IfExists`, too: IfExists is about single values, as measured in
 * https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w/foranyvalue-stringequalsifexists-behaving-unexpectedly
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function clauseHolds(clause: Clause, context: ContextLookup): Formula {
  if (clause.kind === 'unreadable') return fact(clause.says)
  const value = context.value(clause.key)
  if (clause.kind === 'null') {
    if (value === UNKNOWN) {
      const absent = absence(clause)
      return or(and(clause.absent, absent), and(clause.present, not(absent)))
    }
    return value === undefined || isNullDataset(value) ? clause.absent : clause.present
  }
  if (value === UNKNOWN) return openComparison(clause, context)
  if (value === undefined || value.length === 0) {
    if (clause.set === 'none') return clause.ifExists || clause.negated
    return clause.set === 'all'
  }
  if (clause.set === 'none') return singleComparison(clause, value, context)
  if (isNullDataset(value)) return clause.set === 'all'
  let made: Formula = clause.set === 'all'
  for (const each of value) {
    const holds = valueHolds(clause, each, context)
    made = clause.set === 'all' ? and(made, holds) : or(made, holds)
  }
  return made
}

/** Without set operator: several values are left open by the documentation, unless each of them says the same. */
function singleComparison(clause: Comparison, values: readonly string[], context: ContextLookup): Formula {
  const [first = '', ...others] = values
  const holds = valueHolds(clause, first, context)
  for (const other of others) {
    if (typeof holds !== 'boolean' || valueHolds(clause, other, context) !== holds) {
      return fact(
        `how an operator without ForAnyValue or ForAllValues compares the several values of ${clause.spelledKey}`,
      )
    }
  }
  return holds
}

/** Whether one value of the request stands the operator, with its negation. */
function valueHolds(clause: Comparison, value: string, context: ContextLookup): Formula {
  let hit: Formula = false
  for (const wanted of clause.values) {
    hit = or(hit, matchesWanted(clause, wanted, value, context))
    if (hit === true) break
  }
  return clause.negated ? not(hit) : hit
}

function matchesWanted(
  clause: Comparison,
  wanted: WantedValue,
  value: string,
  context: ContextLookup,
): Formula {
  let test = wanted.test
  if (wanted.template !== undefined) {
    const filled = fill(wanted.template, context)
    if (filled === 'absent') return false
    if (filled === 'unknown') {
      const { name } = clause.operator
      const how = { wildcards: name === 'stringlike', anyCase: name === 'stringequalsignorecase' }
      const known = name.startsWith('string')
        ? equalsTemplate(wanted.template, context, value, how)
        : undefined
      const words = { id: `${value}|${wanted.text}`, subject: value, object: wanted.text }
      if (known !== undefined) return known
      const relation = relationOf(wanted.template, context, name)
      const open = comparisonAtom(clause.operator, clause, 'other', words, relation)
      return relation === undefined ? open : { ...open, wanted: [wantedOf(STRING_EQUALS, written(value))] }
    }
    test = clause.operator.prepare(filled)
  }
  const found = test?.(value)
  return found ?? fact(`whether ${clause.operator.name} with ${wanted.text} matches ${value}`)
}

/** A comparison with a key that is not known, over atoms that are shared by all clauses about the key. */
function openComparison(clause: Comparison, context: ContextLookup): Formula {
  const wanted = clause.values.flatMap((value) => objectOf(clause, value, context) ?? [])
  // "Any value matches none" is the opposite of "every value matches one".
  if (clause.set !== 'none' && (clause.set === 'all') !== clause.negated) {
    const texts = wanted.map(({ text }) => text)
    const compared = wanted.flatMap((one) => one.compared ?? [])
    const words = { id: texts.join('|'), subject: `every ${clause.spelledKey}`, object: texts.join(' or ') }
    const known = compared.length === wanted.length ? compared : undefined
    const every = comparisonAtom(clause.operator, clause, 'every', words, known)
    return clause.negated ? not(every) : every
  }
  const kind = clause.set === 'none' ? 'is' : 'some'
  const subject = kind === 'is' ? clause.spelledKey : `some ${clause.spelledKey}`
  let hit: Formula = false
  for (const { text, compared, relation } of wanted) {
    const words = { id: text, subject, object: text }
    hit = or(hit, comparisonAtom(clause.operator, clause, kind, words, compared ? [compared] : relation))
  }
  if (clause.negated) return not(hit)
  return clause.ifExists && clause.set === 'none' ? or(absence(clause), hit) : hit
}

/** A value of a policy, and what a key is compared with. */
interface Compared {
  readonly text: string
  /** None where a variable in it is not known. */
  readonly compared?: Wanted
  readonly relation?: Relation | undefined
}

/** A wanted value as it is compared; `undefined`: nothing can match it. */
function objectOf(clause: Comparison, wanted: WantedValue, context: ContextLookup): Compared | undefined {
  if (wanted.template === undefined) {
    if (wanted.test === NEVER) return undefined
    const text = clause.operator.name === 'bool' ? wanted.text.toLowerCase() : wanted.text
    return { text, compared: wantedOf(clause.operator, written(text)) }
  }
  const filled = fill(wanted.template, context)
  if (filled === 'absent') return undefined
  if (filled === 'unknown') {
    return { text: wanted.text, relation: relationOf(wanted.template, context, clause.operator.name) }
  }
  return { text: textOf(filled), compared: wantedOf(clause.operator, filled) }
}
