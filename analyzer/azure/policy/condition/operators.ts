import type { Domain, Value } from './values.ts'

/** A documented comparison operator. */
export interface Operator {
  readonly name: string
  readonly domain: Domain
  /** `…Not…`: documented as the negation of the operator without `Not`. */
  readonly negated: boolean
  /** Of one value on each side, without the negation. */
  readonly holds: (left: Value, right: Value) => boolean
}

const equal = (left: Value, right: Value): boolean => left === right
const folded =
  (test: (left: string, right: string) => boolean) =>
  (left: Value, right: Value): boolean =>
    test(String(left).toLowerCase(), String(right).toLowerCase())
const exact =
  (test: (left: string, right: string) => boolean) =>
  (left: Value, right: Value): boolean =>
    test(String(left), String(right))
const same = (left: string, right: string): boolean => left === right
const begins = (left: string, right: string): boolean => left.startsWith(right)

/**
 * Whether a text is like a pattern: `*` any run of characters, `?` exactly one, a backslash before one of them takes
 * its meaning away. Linear in text × pattern.
 */
export function like(text: string, pattern: string): boolean {
  const parts = patternParts(pattern)
  const units = Array.from(text)
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < units.length) {
    const part = parts[p]
    if (part === ANY_RUN) {
      star = p++
      mark = t
    } else if (part !== undefined && (part === ANY_ONE || part === units[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (parts[p] === ANY_RUN) p++
  return p === parts.length
}

/** Wildcards are parts of two characters, literal characters parts of one. */
const ANY_RUN = '**'
const ANY_ONE = '??'

function patternParts(pattern: string): string[] {
  const units = Array.from(pattern)
  const parts: string[] = []
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] ?? ''
    const next = units[i + 1]
    if (unit === '\\' && (next === '*' || next === '?')) {
      parts.push(next)
      i++
    } else parts.push(unit === '*' ? ANY_RUN : unit === '?' ? ANY_ONE : unit)
  }
  return parts
}

const COMPARE: readonly (readonly [string, Operator['holds']])[] = [
  ['Equals', equal],
  ['GreaterThan', (left, right) => left > right],
  ['GreaterThanEquals', (left, right) => left >= right],
  ['LessThan', (left, right) => left < right],
  ['LessThanEquals', (left, right) => left <= right],
]

const STRINGS = [
  ['Equals', same],
  ['StartsWith', begins],
  ['Like', like],
] as const

function both(name: string, rest: string, domain: Domain, holds: Operator['holds']): Operator[] {
  return [
    { name: `${name}${rest}`, domain, negated: false, holds },
    { name: `${name}Not${rest}`, domain, negated: true, holds },
  ]
}

const ALL: readonly Operator[] = [
  ...STRINGS.flatMap(([rest, test]) => [
    ...both('String', rest, 'text', exact(test)),
    ...both('String', `${rest}IgnoreCase`, 'text', folded(test)),
  ]),
  ...(['Numeric', 'DateTime'] as const).flatMap((name) =>
    COMPARE.flatMap(([rest, holds]) => {
      const domain = name === 'Numeric' ? 'integer' : 'instant'
      if (rest === 'Equals') return both(name, rest, domain, holds)
      return [{ name: `${name}${rest}`, domain, negated: false, holds } as const]
    }),
  ),
  ...both('Bool', 'Equals', 'boolean', equal),
  ...both('Guid', 'Equals', 'guid', equal),
]

/**
 * Every documented comparison operator, by its name in lower case: built-in roles write them in any letter case
 * ("Azure role assignment condition format and syntax", boolean, string, numeric, DateTime and GUID operators).
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  ALL.map((operator) => [operator.name.toLowerCase(), operator]),
)
